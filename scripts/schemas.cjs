// Writes the schemas of outputs (nodes/*/__schema__) by which n8n's editor shows fields before a node has run: from what the nodes give.
const { build } = require('./setup/compile.cjs');
const { command } = require('./setup/command.cjs');
const { installDependencies } = require('./setup/dependencies.cjs');
const { runProgram } = require('./setup/program.cjs');

// Once more afterwards, since they belong into dist as well.
command(installDependencies, build, () => runProgram('test/schemas/main.cts', []), build);

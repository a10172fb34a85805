// Writes what docs/ has of the sources: the errors by code.
const { command } = require('./setup/command.cjs');
const { installDependencies } = require('./setup/dependencies.cjs');
const { runProgram } = require('./setup/program.cjs');

command(installDependencies, () => runProgram('test/docs/main.cts', process.argv.slice(2)));

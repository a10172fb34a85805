// Makes dist/: checks the types, then bundles.
const { build, typeCheck } = require('./setup/compile.cjs');
const { command } = require('./setup/command.cjs');
const { installDependencies } = require('./setup/dependencies.cjs');

command(installDependencies, typeCheck, build);

const { tool } = require('./tools.cjs');

const typeCheck = () => tool('tsc', '-p', '.');

const build = () => tool('gulp', '-LL', 'build');

module.exports = { build, typeCheck };

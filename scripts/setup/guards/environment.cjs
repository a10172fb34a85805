const { TestEnvironment } = require('jest-environment-node');

/** Runs those tests of a file whose names fit the option `names`. Jest's own option would be one for all projects of a run. */
module.exports = class extends TestEnvironment {
	constructor(config, context) {
		super(config, context);
		this.names = new RegExp(config.projectConfig.testEnvironmentOptions.names);
	}

	handleTestEvent({ name }, state) {
		if (name === 'run_start') state.testNamePattern = this.names;
	}
};

const { existsSync } = require('node:fs');
const { StepFailed } = require('./command.cjs');
const { installFromDebian } = require('./debianPackage.cjs');

/** Where a Chromium or Chrome lies when it was installed as usual. */
const USUAL_PLACES = {
	darwin: ['/Applications/Chromium.app/Contents/MacOS/Chromium', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'],
	win32: ['C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe', 'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe'],
	linux: ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'],
};

const HOW_TO_INSTALL = {
	darwin: 'Install it with: brew install --cask chromium',
	win32: 'Install Google Chrome.',
	linux: 'Install it: on Debian `sudo apt-get install chromium`, on Fedora `sudo dnf install chromium`, on Alpine `apk add chromium`.',
};

/** The program of the browser: what the variable CHROMIUM names, else the first that is installed. */
function chromiumProgram() {
	const places = process.env.CHROMIUM ? [process.env.CHROMIUM] : (USUAL_PLACES[process.platform] ?? USUAL_PLACES.linux);
	return places.find((place) => existsSync(place));
}

/** Makes sure that there is a Chromium for the tests in a browser. */
async function findChromium() {
	if (chromiumProgram()) return;
	if (!process.env.CHROMIUM) await installFromDebian('chromium', 60);
	if (!chromiumProgram()) {
		const how = HOW_TO_INSTALL[process.platform] ?? HOW_TO_INSTALL.linux;
		throw new StepFailed(`No Chromium was found${process.env.CHROMIUM ? ` at ${process.env.CHROMIUM}` : ''}: n8n's editor is tested in it.\n${how}\nOr set CHROMIUM to the program of one.`);
	}
}

module.exports = { chromiumProgram, findChromium };

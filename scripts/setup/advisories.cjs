/** Packages whose code is inside of dist: what is known of these concerns the users of the nodes, however slight it is. */
const BUNDLED = ['fflate', 'zod'];

/** Of all others, which only make and test the package. */
const GRAVE = ['critical', 'high'];

/**
 * Advisories that do no harm here, each with the reason, such as
 * `{ id: 'GHSA-xxxx-xxxx-xxxx', reason: 'n8n-core reads such files; the tests give it none' }`.
 */
const ACCEPTED = [];

/** What npm's report (`npm audit --json`, version 2) says, each advisory once with the packages that have it. */
function advisoriesIn({ vulnerabilities }) {
	const found = new Map();
	for (const { via } of Object.values(vulnerabilities))
		for (const cause of via) {
			if (typeof cause !== 'object') continue;
			const id = cause.url.split('/').at(-1);
			const known = found.get(id) ?? { id, title: cause.title, severity: cause.severity, packages: [] };
			if (!known.packages.includes(cause.name)) known.packages.push(cause.name);
			found.set(id, known);
		}
	return [...found.values()];
}

/**
 * @param report npm's
 * @returns what has to be mended (`open`), what was accepted and why, and entries of the list that nothing is found for any more (`unused`)
 */
function graveFindings(report, list = ACCEPTED) {
	const isGrave = ({ severity, packages }) => GRAVE.includes(severity) || packages.some((name) => BUNDLED.includes(name));
	const grave = advisoriesIn(report).filter(isGrave);
	const reasonOf = ({ id }) => list.find((entry) => entry.id === id)?.reason;
	return {
		open: grave.filter((one) => reasonOf(one) === undefined),
		accepted: grave.flatMap((one) => (reasonOf(one) === undefined ? [] : [{ ...one, reason: reasonOf(one) }])),
		unused: list.filter(({ id }) => !grave.some((one) => one.id === id)),
	};
}

module.exports = { ACCEPTED, BUNDLED, graveFindings };

import { findDuplicates, PartyDirectory, toParty } from '../../core';
import { countOf, RULES, THRESHOLD } from '../core/sync/matching/pairs';
import { MATCHING_PAIRS } from '../fixtures/matchingPairs';
import { Crowd } from './matching/crowd.cts';

/**
 * The table of pairs: automatic decisions that are right, those left to people, and wrong ones. Then 1,000 customers, half of them known
 * and half of them new, are looked for among 50,000 counterparties, by all rules, and duplicates among those.
 */
const COUNTERPARTIES = 50_000;
const CUSTOMERS = 1_000;

const crowd = new Crowd(1);
const known = Array.from({ length: COUNTERPARTIES }, (_, place) => crowd.party(`k${place}`));
const step = COUNTERPARTIES / (CUSTOMERS / 2);
const returning = known.filter((_, place) => place % step === 0).map((party) => ({ sought: crowd.asCustomer(party), truth: party.id }));
const fresh = Array.from({ length: CUSTOMERS / 2 }, (_, place) => ({ sought: crowd.party(`n${place}`), truth: undefined }));

const [indexSeconds, directory] = timed(() => {
	const all = new PartyDirectory({ names: true });
	for (const words of known) all.add(toParty(words));
	return all;
});
const [matchSeconds, verdicts] = timed(() =>
	[...returning, ...fresh].map(({ sought, truth }) => ({ truth, verdict: directory.match(RULES, toParty(sought), { threshold: THRESHOLD }) })),
);
const taken = verdicts.filter(({ verdict }) => verdict.kind === 'take');
const wrongTaken = taken.filter(({ verdict, truth }) => verdict.kind === 'take' && verdict.id !== truth).length;
const reviewed = verdicts.filter(({ verdict }) => verdict.kind === 'review').length;

const [duplicateSeconds, report] = timed(() => findDuplicates(known.map(toParty), { rules: RULES, threshold: THRESHOLD, score: 70, most: 20 }));

console.log(`${CUSTOMERS} customers among ${COUNTERPARTIES} counterparties: ${taken.length} taken, ${reviewed} left to people, ${verdicts.length - taken.length - reviewed} new`);
console.log(`duplicates among them: ${report.groups.length} groups, ${report.shared.length} shared keys`);
console.log(JSON.stringify({ ...countOf(MATCHING_PAIRS), counterparties: COUNTERPARTIES, customers: CUSTOMERS, wrongTaken, indexSeconds, matchSeconds, duplicateSeconds }));

function timed<T>(work: () => T): [seconds: number, result: T] {
	const started = performance.now();
	const result = work();
	return [Math.round(performance.now() - started) / 1000, result];
}

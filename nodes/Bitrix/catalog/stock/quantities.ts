import { answeredQuantity, FAMILIES, sameAmount, SyncError, type Family } from '../../../../core';
import type { Outcome } from '../../../../transport';
import { demandedFields, isDemanding } from '../demandedFields';
import { teller } from '../itemWrites';
import { inRoundsOf } from '../rounds';
import { PARALLEL, type CatalogSession } from '../session';
import { answeredRow } from '../writing';
import { compare, finishEqual } from './comparing';
import { fail, finish, type StockEntry } from './entry';
import type { StockRun } from './run';

/** Without inventory management: writes the quantities that differ. What was lost is looked at again before it is repeated. */
export async function writeQuantities(run: StockRun, entries: readonly StockEntry[]): Promise<void> {
	const { session } = run;
	await inRoundsOf(entries, async (pending) => {
		await compare(run, pending.filter(({ plan }) => !plan));
		finishEqual(pending);
		const writing = pending.filter(({ plan, result, unsure }) => plan && !result && !unsure);
		const { demanding } = session;
		const commands = writing.map((entry) => command(session, entry));
		const outcomes = await session.batches.each(commands, { repeatable: true, parallel: PARALLEL, progress: teller(session, writing.length) });
		writing.forEach((entry, index) => settle(session, entry, outcomes[index], demanding));
	}, fail);
}

const familyOf = ({ present }: StockEntry): Family => present?.family ?? 'product';

function command(session: CatalogSession, entry: StockEntry) {
	const { present, plan } = entry;
	entry.steps = entry.steps.length > 0 ? entry.steps : (plan?.steps ?? []);
	const fields = { ...(session.demanding && demandedFields(present?.row)), quantity: plan?.steps[0]?.to };
	return { method: `${FAMILIES[familyOf(entry)].prefix}.update`, parameters: { id: present?.id, fields } };
}

function settle(session: CatalogSession, entry: StockEntry, outcome: Outcome | undefined, demanding: boolean): void {
	const { prefix, answer, label } = FAMILIES[familyOf(entry)];
	const error = outcome ? ('error' in outcome ? outcome.error : undefined) : new SyncError('ANSWER_UNEXPECTED', { call: `${prefix}.update`, reason: 'no answer' });
	if (error && !demanding && isDemanding(error)) {
		session.demanding = true;
		lookAgain(entry, error);
	} else if (error?.retryable) lookAgain(entry, error);
	else if (error) fail(undone(entry), error);
	else check(entry, answeredQuantity(answeredRow(outcome, answer) ?? {}), label);
}

function lookAgain(entry: StockEntry, error: SyncError): void {
	Object.assign(entry, { plan: undefined, unsure: error });
}

const undone = (entry: StockEntry): StockEntry => Object.assign(entry, { steps: [] });

/** Bitrix may accept a quantity and leave it as it was (trap T2). */
function check(entry: StockEntry, answered: number | undefined, label: string): void {
	if (answered === undefined) finish(entry, 'unverified');
	else if (sameAmount(answered, entry.plan?.steps[0]?.to ?? 0)) finish(entry, 'updated');
	else fail(undone(entry), new SyncError('BITRIX_WRITE_IGNORED', { call: `the write of a ${label}`, field: 'the quantity' }));
}

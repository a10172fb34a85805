import {
	FAMILIES, fieldsOf, ignoredField, result, SyncError,
	type ItemPlan, type Parameter, type PlanSettings, type PresentItem, type PriceWrite,
} from '../../../core';
import type { Command, Outcome } from '../../../transport';
import { demandedFields, isDemanding } from './demandedFields';
import { fail, type Entry } from './entry';
import { finishWritten } from './finishing';
import { PARALLEL, type CatalogSession } from './session';
import { answeredRow } from './writing';

/**
 * Sends what is planned. Each item with its prices is one group, since the price of a new item needs its id. An item of which
 * nobody knows what became stays without a result, and `unsure` says why.
 */
export async function writeItems(session: CatalogSession, entries: readonly Entry[]): Promise<void> {
	const settings = session.plan;
	const { demanding } = session;
	const writes = entries.flatMap((entry) => (entry.plan ? [{ entry, commands: commandsOf(session, settings, entry.present, entry.plan) }] : []));
	// Only what brings about the same when it is sent twice may be sent again without looking.
	const isRepeatable = ({ commands }: { commands: Command[] }): boolean => commands.every(({ method }) => !method.endsWith('.add'));
	for (const repeatable of [true, false]) {
		const some = writes.filter((write) => isRepeatable(write) === repeatable);
		const outcomes = await session.batches.run(some.map(({ commands }) => commands), { repeatable, parallel: PARALLEL, progress: teller(session, some.length) });
		some.forEach(({ entry }, index) => settle(session, settings, entry, outcomes[index] ?? [], demanding));
	}
}

/** Tells how far it is, a thousand items at a time. */
export function teller(session: CatalogSession, total: number): (done: number) => void {
	let told = 0;
	return (done) => {
		if (done - told < 1000) return;
		told = done;
		session.tell(`${done} of ${total} items written`);
	};
}

function commandsOf(session: CatalogSession, settings: PlanSettings, present: PresentItem | undefined, plan: ItemPlan): Command[] {
	const { prefix, answer } = FAMILIES[plan.family];
	if (plan.outcome === 'delete') return [{ key: 'e', method: `${prefix}.delete`, parameters: { id: present?.id } }];
	const planned = fieldsOf(plan, settings, present?.row);
	const fields = session.demanding ? { ...demandedFields(present?.row), ...planned } : planned;
	const prices = (item: Parameter): Command[] => plan.prices.map((price, index) => priceCommand(price, item, index));
	if (!present) return [{ key: 'e', method: `${prefix}.add`, parameters: { fields } }, ...prices(result('e', answer, 'id'))];
	const update = { key: 'e', method: `${prefix}.update`, parameters: { id: present.id, fields } };
	return [...(Object.keys(planned).length > 0 ? [update] : []), ...prices(present.id)];
}

function priceCommand(price: PriceWrite, productId: Parameter, index: number): Command {
	const key = `p${index}`;
	if (price.kind === 'delete') return { key, method: 'catalog.price.delete', parameters: { id: price.id } };
	const amount = { price: price.amount, currency: price.currency };
	if (price.kind === 'update') return { key, method: 'catalog.price.update', parameters: { id: price.id, fields: amount } };
	return { key, method: 'catalog.price.add', parameters: { fields: { productId, catalogGroupId: price.typeId, ...amount } } };
}

/** A deletion that was sent again after a lost answer finds nothing any more. */
export const isGoneAlready = ({ message }: SyncError): boolean => /does not exist|was not found/i.test(message);

/** How old versions say so. */
function settle(session: CatalogSession, settings: PlanSettings, entry: Entry, outcomes: readonly Outcome[], demanding: boolean): void {
	const { plan, present } = entry;
	if (!plan) return;
	const [first] = outcomes;
	const answer = answeredRow(first, FAMILIES[plan.family].answer);
	entry.bitrixId = present?.id ?? (answer ? Number(answer.id) : undefined);
	const error = outcomes.flatMap((outcome) => ('error' in outcome ? [outcome.error] : []))[0];
	if (error && !demanding && isDemanding(error)) {
		session.demanding = true;
		entry.unsure = error;
	} else if (error && plan.outcome === 'delete' && isGoneAlready(error)) finishWritten(session, entry);
	else if (error?.retryable) entry.unsure = error;
	else if (error) fail(entry, error);
	else if (!present && !entry.bitrixId) fail(entry, new SyncError('ANSWER_UNEXPECTED', { call: `${FAMILIES[plan.family].prefix}.add`, reason: 'no id' }));
	else {
		const ignored = answer && ignoredField(plan, settings, answer);
		if (ignored) fail(entry, ignored);
		else finishWritten(session, entry);
	}
}

import { add } from '../arithmetic.cts';
import { fieldRefusal } from '../errors.cts';
import type { AccountRef, Rate } from '../engine/documentKinds.cts';
import { asRef, rowsOf, type Draft, type Row } from '../engine/schema.cts';
import { toMinute } from '../moments.cts';
import type { Session } from '../session.cts';
import { linked } from './following.cts';

/** What every document is checked for and what is filled in. */
export function prepareDocument(
	draft: Draft,
	before: Row | undefined,
	session: Session,
	given: ReadonlySet<string>,
): void {
	const { account } = session;
	if (draft.name === undefined) draft.name = before?.name ?? account.nextNumber(draft.type);
	else if (given.has('name')) refuseTakenNumber(draft, session);
	draft.moment ??= before?.moment ?? toMinute(session.now);
	if (draft.rate === undefined) toDefaultCurrency(draft, before, session);
	checkAccounts(draft);
	if (draft.type === 'demand' || draft.type === 'salesreturn') {
		if (draft.applicable === true && draft.store === undefined) throw fieldRefusal(3000, 'store', 'store');
	}
}

/** 3006, when the account wants the numbers of documents to be unique. */
function refuseTakenNumber(draft: Draft, { account }: Session): void {
	if (!account.settings.uniqueDocumentNumbers) return;
	const taken = account
		.table(draft.type)
		.all()
		.some((other) => other.id !== draft.id && other.name === draft.name);
	if (taken) throw fieldRefusal(3006, 'name', 'name');
}

/** `rate: null`: prices are multiplied by the rate that the document had. */
function toDefaultCurrency(draft: Draft, before: Row | undefined, { account }: Session): void {
	const factor = (before?.rate as Rate | undefined)?.value ?? 1;
	draft.rate = { currency: account.defaultCurrency, value: 1 } satisfies Rate;
	if (factor === 1) return;
	const positions = rowsOf(draft, 'positions').map((position) => ({
		...position,
		price: (position.price as number) * factor,
	}));
	Object.assign(draft, draft.positions === undefined ? { sum: (draft.sum as number) * factor } : { positions });
}

/** 17000, 17001: bank accounts belong to the document's own parties. */
function checkAccounts(draft: Draft): void {
	const organization = asRef(draft.organizationAccount) as AccountRef | undefined;
	const agent = asRef(draft.agentAccount) as AccountRef | undefined;
	if (organization && organization.id !== asRef(draft.organization)?.id)
		throw fieldRefusal(17000, 'organizationAccount');
	if (agent && agent.id !== asRef(draft.agent)?.id) throw fieldRefusal(17001, 'agentAccount');
}

/** 17014: a shipment with a return stays posted. */
export function refuseUnposting(draft: Draft, before: Row | undefined, { account }: Session): void {
	if (before?.applicable !== true || draft.applicable !== false) return;
	if (account.links.to(draft.id, 'salesreturn').length > 0) throw fieldRefusal(17014, 'applicable');
}

/** A return with a base document has its parties, currency and prices, and not more of anything than was shipped. */
export function prepareReturn(draft: Draft, _before: Row | undefined, { account }: Session): void {
	const demand = account.find(asRef(draft.demand));
	if (!demand) return;
	for (const field of ['agent', 'organization'] as const) {
		if (asRef(draft[field])?.id !== asRef(demand[field])?.id) throw fieldRefusal(3004, field, field);
	}
	if ((draft.rate as Rate).currency !== (demand.rate as Rate).currency) throw fieldRefusal(3004, 'rate', 'currency');
	const earlier = linked(demand, account, 'salesreturn').filter(({ id }) => id !== draft.id);
	for (const position of rowsOf(draft, 'positions'))
		checkReturned(position, rowsOf(demand, 'positions'), [...earlier, draft]);
}

function checkReturned(position: Row, shipped: Row[], returns: Array<Row | Draft>): void {
	const good = asRef(position.assortment)?.id;
	const sameGood = (row: Row): boolean => asRef(row.assortment)?.id === good;
	const total = (rows: Row[]): number => add(...rows.filter(sameGood).map(({ quantity }) => quantity as number));
	if (total(returns.flatMap((row) => rowsOf(row, 'positions'))) > total(shipped))
		throw fieldRefusal(3036, 'quantity', 'quantity', String(total(shipped)));
	if (!shipped.filter(sameGood).some(({ price }) => price === position.price))
		throw fieldRefusal(3001, 'price', 'price');
}

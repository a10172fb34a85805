import {
	entityReference,
	pairPositions,
	readKnownOrder,
	replacingBodies,
	reserveBodies,
	SyncError,
	toKopecks,
	warning,
	type KnownOrder,
	type OrderLink,
	type WantedPosition,
	type WrittenPosition,
} from '../../../../core';
import { chunks, writeMany, type Entity, type MoySkladClient, type Written } from '../../../../transport';
import { readAgain, withAllPositions } from './existing';
import { positionsOf, sumDiffers, type Draft } from './planning';

const PATH = '/entity/customerorder';

/** Answers come with their positions, which MoySklad opens for a hundred orders at a time. */
const ORDERS_IN_A_CALL = 100;
const WITH_POSITIONS = { expand: 'positions', limit: ORDERS_IN_A_CALL };

/** Numbers that are taken get suffixes up to this one. */
const LAST_SUFFIX = 9;

/** A draft that was written, and what MoySklad made of it. */
interface Done {
	draft: Draft;
	saved: KnownOrder;
	unposted: boolean;
}

/**
 * Writes the drafts in arrays. MoySklad's own sum of an order is compared with the order's total (rule O1): a difference is corrected
 * once, and if it stays the order is kept unposted and without reserve. Every draft's task has its result afterwards.
 */
export async function writeDrafts(client: MoySkladClient, drafts: readonly Draft[]): Promise<void> {
	const written = await writeNumbered(client, drafts.filter(hasBody));
	const done = written.map(({ draft, saved }): Done => ({ draft, saved, unposted: isKeptUnposted(draft) }));
	await correct(client, done.filter(isUnequal));
	await unpost(client, done.filter(isUnequal));
	for (const one of done) if (!one.draft.task.result) finish(one);
	for (const draft of drafts.filter((one) => !hasBody(one))) keep(draft);
}

const hasBody = ({ body }: Draft): boolean => Object.keys(body).length > 0;

function isKeptUnposted({ positions, task: { link } }: Draft): boolean {
	return positions ? !positions.balanced : (link?.snapshot.unposted ?? false);
}

const isUnequal = ({ draft: { positions, task }, saved }: Done): boolean =>
	task.result === undefined && positions?.balanced === true && saved.sum !== toKopecks(task.order.total);

/** Drafts whose number is taken are written again with the next suffix. */
async function writeNumbered(
	client: MoySkladClient,
	drafts: readonly Draft[],
): Promise<Array<{ draft: Draft; saved: KnownOrder }>> {
	const done: Array<{ draft: Draft; saved: KnownOrder }> = [];
	let open = drafts.map((draft) => ({ draft, body: draft.body }));
	for (let suffix = 2; open.length > 0; suffix += 1) {
		const bodies = open.map(({ body }) => body);
		const outcomes = await send(client, bodies);
		const clashing: typeof open = [];
		open.forEach(({ draft, body }, index) => {
			const outcome = outcomes[index];
			if (outcome && 'saved' in outcome) done.push({ draft, saved: checked(draft, body, outcome.saved) });
			else if (outcome?.error.code === 'MOYSKLAD_NOT_UNIQUE' && typeof body.name === 'string' && suffix <= LAST_SUFFIX)
				clashing.push({ draft, body: { ...body, name: `${String(draft.body.name)}-${suffix}` } });
			else draft.task.fail(outcome?.error ?? noAnswer());
		});
		open = clashing;
	}
	return done.filter(({ draft }) => draft.task.result === undefined);
}

const noAnswer = (): SyncError =>
	new SyncError('ANSWER_UNEXPECTED', { call: 'POST entity/customerorder', reason: 'no answer to this element' });

/** An order that another run made a moment ago is given back as it is: then it is not what was sent, and has to be read anew. */
function checked({ task, positions, body: { name } }: Draft, sent: Entity, saved: KnownOrder): KnownOrder {
	if (positions && !hasGoods(saved, positions.wanted))
		task.fail(new SyncError('MOYSKLAD_CHANGED_MEANWHILE', { call: 'POST entity/customerorder' }));
	else if (sent.name !== name) task.warnings.push(warning('ORDER_NUMBER_TAKEN', { number: String(name), used: saved.number }));
	return saved;
}

const hasGoods = ({ positions }: KnownOrder, wanted: readonly WantedPosition[]): boolean => listed(positions) === listed(wanted);

const listed = (positions: ReadonlyArray<Pick<WantedPosition, 'good' | 'quantity'>>): string =>
	positions
		.map(({ good, quantity }) => `${good.id} ${quantity}`)
		.sort()
		.join('\n');

type Sent = { saved: KnownOrder } | { error: SyncError };

/** Bodies with a syncId or with `meta`: sent twice they have the effect of once. */
async function send(client: MoySkladClient, bodies: readonly Entity[]): Promise<Sent[]> {
	const outcomes: Written[] = [];
	for (const part of chunks(bodies, ORDERS_IN_A_CALL))
		outcomes.push(...(await writeMany(client, PATH, part, { repeatable: true, query: WITH_POSITIONS })));
	const rows = outcomes.flatMap((outcome) => ('entity' in outcome ? [outcome.entity] : []));
	const opened = await opens(client, rows);
	return outcomes.map((outcome) =>
		'error' in outcome ? outcome : { saved: opened.get(String(outcome.entity.id)) ?? readKnownOrder(outcome.entity) },
	);
}

/** The orders with their positions, which are read where the answer did not bring them. */
async function opens(client: MoySkladClient, rows: readonly Entity[]): Promise<Map<string, KnownOrder>> {
	const closed = rows.filter(({ positions }) => (positions as { rows?: unknown } | undefined)?.rows === undefined);
	const ids = rows.map(({ id }) => String(id));
	if (closed.length > 0) return await readAgain(client, ids);
	return new Map((await withAllPositions(client, rows.map(readKnownOrder))).map((order) => [order.id, order]));
}

/** Once more with prices in whole kopecks, in case MoySklad took no decimals. */
async function correct(client: MoySkladClient, unequal: readonly Done[]): Promise<void> {
	const tries = unequal.flatMap((one) => {
		const { task, positions, header } = one.draft;
		if (!positions || positions.wanted.every(({ price }) => Number.isInteger(price))) return [];
		const { wanted } = positionsOf(task.order, positions.goods, header.reserve, true);
		const written = pairPositions(positions.wanted, one.saved.positions);
		const body = { ...entityReference('customerorder', one.saved.id), positions: replacingBodies(wanted, written) };
		return [{ one, positions, wanted, body }];
	});
	const bodies = tries.map(({ body }) => body);
	const outcomes = await send(client, bodies);
	tries.forEach(({ one, positions, wanted }, index) => {
		const outcome = outcomes[index];
		if (!outcome || 'error' in outcome) return;
		one.saved = outcome.saved;
		positions.wanted = wanted;
	});
}

async function unpost(client: MoySkladClient, unequal: readonly Done[]): Promise<void> {
	const bodies = unequal.map(({ saved }) => {
		const positions = reserveBodies(saved.positions, false);
		return { ...entityReference('customerorder', saved.id), applicable: false, ...(positions && { positions }) };
	});
	const outcomes = await send(client, bodies);
	unequal.forEach((one, index) => {
		const outcome = outcomes[index];
		const { task } = one.draft;
		if (!outcome || 'error' in outcome) return task.fail(outcome?.error ?? noAnswer());
		task.warnings.push(sumDiffers(task.order, toKopecks(task.order.total), one.saved.sum));
		one.saved = outcome.saved;
		one.unposted = true;
	});
}

function finish({ draft, saved, unposted }: Done): void {
	const { task, positions, memory, changes } = draft;
	const isNew = task.known === undefined;
	const shown = isNew ? [{ field: 'number', from: null, to: saved.number }, ...changes] : changes;
	const link = linkOf(draft, saved, positions ? pairPositions(positions.wanted, saved.positions) : memory, unposted);
	task.finish(isNew ? 'created' : 'updated', shown, link);
}

/** Nothing differs; the link says so from now on. */
function keep(draft: Draft): void {
	const { task, memory, changes } = draft;
	if (task.known) task.finish('unchanged', changes, linkOf(draft, task.known, memory, task.link?.snapshot.unposted ?? false));
}

function linkOf(
	{ task: { order, key, link }, header: { marks }, positions }: Draft,
	saved: KnownOrder,
	memory: WrittenPosition[],
	unposted: boolean,
): OrderLink {
	return {
		flow: order.source.flow,
		type: 'customerorder',
		key,
		moySkladId: saved.id,
		externalCode: saved.externalCode ?? null,
		bitrixId: order.id,
		parent: null,
		written: marks,
		pictures: {},
		snapshot: {
			updatedAt: order.updatedAt,
			unposted,
			standIns: positions?.standIns ?? link?.snapshot.standIns ?? [],
			positions: memory,
		},
	};
}

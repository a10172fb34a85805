import { SyncError } from '../errors';
import { toRubles } from '../model/money';
import { entityDifferences, type EntityDifferences } from '../moysklad/compare';
import type { KnownOrder } from '../moysklad/customerOrder';
import { anyMoment } from '../moysklad/moment';
import { entityReference } from '../moysklad/reference';
import { judge, judgeRuled, type ChangeTimes, type ConflictPolicy, type Verdict } from './conflictPolicy';
import { FieldsInConflict, type Mark } from './decisions';
import { joinBodies, presentText, type TrackedField } from './orderFields';
import type { OrderLink, WrittenPosition } from './orderLink';
import { pairPositions, replacingBodies, reserveBodies, sameGoods, stillAsWritten, type WantedPosition } from './orderPositions';
import { warning, type FieldChange, type Warning } from './result';

type Json = Record<string, unknown>;

/** What the store now says of an order that MoySklad has. */
export interface StoreState {
	fields: readonly TrackedField[];
	/** Marks of the fields, of the customer, the lines and the reserve, by name. */
	marks: Readonly<Record<string, string>>;
	/** Only where the customer changed. */
	agentId?: string;
	/** Only where the lines changed, or nothing tells whether they did. */
	positions?: readonly WantedPosition[];
	/** Whether the sum of the positions is the order's total. */
	balanced: boolean;
	reserve: boolean;
	/** Whether the store wants it in the books: not a cancelled order, where the user says so. */
	posted: boolean;
	standIns: readonly string[];
	/** When the order of the store was changed last, ISO 8601. */
	updatedAt: string;
	/** Who wins what both sides changed. */
	conflicts: OrderConflicts;
	mark: Mark;
}

/** Who wins what both sides changed. */
export interface OrderConflicts {
	fields: ConflictPolicy;
	/** Of the positions as a whole. */
	lines: ConflictPolicy;
}

/** What is to be written; nothing when `body` is empty. */
export interface OrderEdit {
	body: Json;
	changes: FieldChange[];
	warnings: Warning[];
	/** Positions were written anew, so their sum has to be checked and their ids are to be read from the answer. */
	replaced: boolean;
	/** The memory of positions, where they are not replaced. */
	positions: WrittenPosition[];
}

/**
 * Decides by what was written last (rule O2): fields that the store changed since then are written, everything else belongs to MoySklad.
 * Without a link nothing is written; what differs is told. What both sides changed is up to the conflict policy. Throws ORDER_NOT_LINKED, ORDER_SHIPPED, ORDER_REVIEW, ORDER_POSITIONS_CHANGED.
 */
export function planEdit(known: KnownOrder, state: StoreState, link: OrderLink | undefined): OrderEdit {
	const header = headerEdit(known, state, link);
	const positions = positionsEdit(known, state, link);
	const agent = link === undefined ? {} : agentEdit(known, state);
	const posting = link === undefined || 'applicable' in positions.body ? {} : postingEdit(known, state, link);
	const warnings = [...header.warnings, ...[agent.warning, positions.warning, posting.warning].filter((one) => one !== undefined)];
	return {
		body: { ...header.body, ...agent.body, ...positions.body, ...posting.body },
		changes: [...header.changes, ...(agent.changes ?? []), ...positions.changes, ...(posting.changes ?? [])],
		warnings,
		replaced: positions.replaced,
		positions: positions.memory,
	};
}

function headerEdit(known: KnownOrder, state: StoreState, link: OrderLink | undefined): Pick<OrderEdit, 'body' | 'changes' | 'warnings'> {
	const { fields, standIns, positions } = state;
	if (link === undefined) {
		const left = entityDifferences(known.row, joinBodies(fields)).changes.map(({ field }) => field);
		return { body: {}, changes: [], warnings: left.length > 0 ? [warning('ORDER_FIELDS_LEFT', { fields: left.join(', ') })] : [] };
	}
	const otherStandIns = positions !== undefined && standIns.join('\n') !== link.snapshot.standIns.join('\n');
	const judged = fields.map((field) => ({ field, verdict: otherStandIns && field.name === 'description' ? 'write' : headerVerdict(known, field, state, link) }));
	const differing = (wanted: string): EntityDifferences => entityDifferences(known.row, joinBodies(judged.flatMap(({ field, verdict }) => (verdict === wanted ? [field] : []))));
	const review = differing('review').changes;
	if (review.length > 0) throw new FieldsInConflict('ORDER_REVIEW', review);
	const kept = differing('overruled').changes.map(({ field }) => field);
	return { ...differing('write'), warnings: kept.length > 0 ? [warning('FIELDS_KEPT', { fields: kept.join(', ') })] : [] };
}

/** `overruled`: both sides changed it, and it stays as MoySklad has it. What the store did not change belongs to MoySklad (rule O2). */
function headerVerdict(known: KnownOrder, field: TrackedField, { marks, conflicts, mark, updatedAt }: StoreState, { written, snapshot }: OrderLink): Verdict | 'left' | 'overruled' {
	const target = presentText(known.row, field, snapshot.standIns);
	if (field.policy === 'always' && !isChanged(field.name, marks, written)) return 'keep';
	const sides = { source: marks[field.name] ?? mark(field.source), target: mark(target), written: written[field.name] };
	const verdict = judgeRuled({ ...sides, policy: field.policy, isNew: false, isEmpty: target === '' }, conflicts.fields, changeTimes(known, updatedAt));
	return verdict === 'keep' ? 'overruled' : verdict;
}

const changeTimes = ({ row: { updated } }: KnownOrder, updatedAt: string): ChangeTimes => ({ source: updatedAt, target: anyMoment(typeof updated === 'string' ? updated : null) });

/** A field that was never written, e.g. because its mapping is new, is only followed from now on. */
const isChanged = (name: string, marks: StoreState['marks'], written: OrderLink['written']): boolean =>
	written[name] !== undefined && written[name] !== marks[name];

/** A change that may be left for a reason. */
interface MaybeEdit {
	body?: Json;
	changes?: FieldChange[];
	warning?: Warning;
}

/** Follows the order's cancellation; one that is unposted because of its sum stays so. */
function postingEdit(known: KnownOrder, { posted, marks }: StoreState, link: OrderLink): MaybeEdit {
	if (!isChanged('posted', marks, link.written) || known.applicable === posted || link.snapshot.unposted) return {};
	if (!posted && (known.payedSum > 0 || isShipped(known))) return { warning: warning('ORDER_UNPOST_LEFT') };
	return { body: { applicable: posted }, changes: [{ field: 'applicable', from: known.applicable, to: posted }] };
}

function agentEdit(known: KnownOrder, { agentId }: StoreState): MaybeEdit {
	if (agentId === undefined || agentId === known.agentId) return {};
	if (known.payedSum > 0 || isShipped(known)) return { warning: warning('ORDER_AGENT_LEFT') };
	return {
		body: { agent: entityReference('counterparty', agentId) },
		changes: [{ field: 'agent', from: known.agentId ?? null, to: agentId }],
	};
}

const isShipped = ({ shippedSum, positions }: KnownOrder): boolean =>
	shippedSum > 0 || positions.some(({ shipped }) => shipped > 0);

interface PositionsEdit extends MaybeEdit {
	body: Json;
	changes: FieldChange[];
	replaced: boolean;
	memory: WrittenPosition[];
}

/** Positions that somebody changed in MoySklad, of an order whose lines changed in the store as well. */
const linesVerdict = (known: KnownOrder, { marks, conflicts, updatedAt }: StoreState, { written }: OrderLink): Verdict =>
	judge({ source: marks.lines ?? '', target: 'changed in MoySklad', written: written.lines }, conflicts.lines, changeTimes(known, updatedAt));

const shownPositions = (positions: ReadonlyArray<Pick<WantedPosition, 'good' | 'quantity' | 'price'>>): string[] =>
	positions.map(({ good, quantity, price }) => `${good.type} ${good.id}: ${quantity} × ${toRubles(price)}`);

function positionsEdit(known: KnownOrder, state: StoreState, link: OrderLink | undefined): PositionsEdit {
	const { positions: wanted } = state;
	if (link === undefined) {
		if (wanted === undefined || !sameGoods(known.positions, wanted, { withVat: false }))
			throw new SyncError('ORDER_NOT_LINKED', { number: known.number });
		return { body: {}, changes: [], replaced: false, memory: pairPositions(wanted, known.positions) };
	}
	if (wanted === undefined) return { ...reserveEdit(known, state, link), replaced: false, memory: link.snapshot.positions };
	if (sameGoods(known.positions, wanted, { withVat: true }))
		return { ...reserveEdit(known, state, link), replaced: false, memory: pairPositions(wanted, known.positions) };
	if (isShipped(known)) throw new SyncError('ORDER_SHIPPED');
	const replaced = replacement(known, state, wanted, link);
	if (!stillAsWritten(known.positions, link.snapshot.positions)) {
		const verdict = linesVerdict(known, state, link);
		if (verdict === 'review') throw new FieldsInConflict('ORDER_POSITIONS_CHANGED', [{ field: 'positions', from: shownPositions(known.positions), to: shownPositions(wanted) }]);
		if (verdict === 'keep') return { ...reserveEdit(known, state, link), replaced: false, memory: link.snapshot.positions, warning: warning('FIELDS_KEPT', { fields: 'positions' }) };
	}
	return { ...replaced, replaced: true, memory: [] };
}

function replacement(
	known: KnownOrder,
	{ balanced, posted }: StoreState,
	wanted: readonly WantedPosition[],
	link: OrderLink,
): Pick<PositionsEdit, 'body' | 'changes'> {
	const reserved = balanced ? wanted : wanted.map((position) => ({ ...position, reserve: 0 }));
	const posting = balanced ? posted && link.snapshot.unposted && !known.applicable : known.applicable;
	return {
		body: {
			positions: replacingBodies(reserved, link.snapshot.positions),
			vatEnabled: wanted.some(({ vatEnabled }) => vatEnabled),
			vatIncluded: true,
			...(posting && { applicable: balanced }),
		},
		changes: [
			{ field: 'positions', from: known.positions.length, to: wanted.length },
			...(posting ? [{ field: 'applicable', from: known.applicable, to: balanced }] : []),
		],
	};
}

/** Reserves follow the order's payment and cancellation; those of an order that is kept unposted stay away. */
function reserveEdit(
	known: KnownOrder,
	{ reserve, marks }: StoreState,
	link: OrderLink,
): Pick<PositionsEdit, 'body' | 'changes'> {
	const positions = isChanged('reserve', marks, link.written)
		? reserveBodies(known.positions, reserve && !link.snapshot.unposted)
		: undefined;
	if (positions === undefined) return { body: {}, changes: [] };
	return { body: { positions }, changes: [{ field: 'reserve', from: !reserve, to: reserve }] };
}

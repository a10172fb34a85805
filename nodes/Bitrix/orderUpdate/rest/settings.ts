import { createHash } from 'crypto';
import type { IExecuteFunctions } from 'n8n-workflow';
import {
	momentIn, siteClock, SyncError,
	type ConflictPolicy, type DeliveryRule, type Identity, type Policy, type StorePaySystemRule, type StatusEvent, type StatusRule, type StoreIds, type WishRules,
} from '../../../../core';
import { givenPairs } from '../../../shared/givenPairs';
import { textIn, type Located } from '../../../shared/locator';
import { chosenSubWorkflow } from '../../../shared/subWorkflow';

/** A row of the mapping; an expression is read for each item, by the number of its row. */
export interface FieldRow {
	/** A field of the order, or `property:<id>`. */
	target: string;
	source: { field: string } | { row: number };
	policy: Policy;
}

/** What the user chose, the same for all items. */
export interface StoreOrderSettings {
	preview: boolean;
	failAfterAll: boolean;
	identity: Identity;
	/** Milliseconds since 1970; orders that were placed before are left alone. Undefined where all of them are the flow's own. */
	placedSince: number | undefined;
	statusMap: Array<StatusRule & { beyondFinal: boolean }>;
	finalStatuses: Set<string>;
	cancelStates: Set<string>;
	conflicts: ConflictPolicy;
	lines: ConflictPolicy | null;
	unknownGoods: 'free' | 'stop';
	deliveryServices: Set<string>;
	payments: WishRules['payments'];
	paySystems: StorePaySystemRule[];
	paySystem: string | null;
	protectedSystems: Set<string>;
	removedPayments: 'unpaid' | 'void' | 'ignore';
	openPayments: 'use' | 'keep';
	shipments: WishRules['shipments'];
	deliveries: DeliveryRule[];
	deduct: boolean;
	removedShipments: 'undo' | 'delete' | 'ignore';
	shippedStatus: string | null;
	trackingField: string;
	fields: FieldRow[];
	/** Users of the store by the ids of employees. */
	responsibles: Map<string, string>;
	noOneC: boolean;
	bornElsewhere: boolean;
	deleted: 'leave' | 'cancel';
	subWorkflow: string | undefined;
	dayOf(moment: string): string;
}

type Rows<Row> = { row?: Row[] };

interface Options {
	bornElsewhere?: boolean;
	conflicts?: ConflictPolicy;
	deleted?: StoreOrderSettings['deleted'];
	failAfterAll?: boolean;
	finalStatuses?: Array<string | number>;
	noOneC?: boolean;
	openPayments?: StoreOrderSettings['openPayments'];
	removedPayments?: StoreOrderSettings['removedPayments'];
	removedShipments?: StoreOrderSettings['removedShipments'];
	responsibles?: Rows<{ employee?: Located; user?: string | number }>;
	shippedStatus?: string;
	/** A list of { from: state, to: status }, or its JSON. */
	statusPairs?: unknown;
	trackingField?: Located;
	zone?: string;
}

interface StatusRow {
	when?: StatusEvent;
	state?: Located;
	status?: string;
	beyondFinal?: boolean;
}

interface DocumentRow {
	kind?: StorePaySystemRule['kind'];
	store?: Located;
	attribute?: Located;
	value?: string;
	target?: string | number;
}

interface MappingRow {
	target?: string;
	value?: 'field' | 'expression';
	field?: Located;
	policy?: Policy;
}

const texts = (values: ReadonlyArray<string | number>): Set<string> => new Set(values.map(String));
const textOrNull = (value: unknown): string | null => String(value ?? '').trim() || null;
const located = (rows: Rows<{ one?: Located }>): Set<string> => new Set((rows.row ?? []).map(({ one }) => textIn(one).toLowerCase()).filter((id) => id !== ''));

/** Throws ORDER_START_MISSING, ORDER_STATUS_PAIRS_INVALID. */
export function readSettings(context: IExecuteFunctions, operation: 'update' | 'create'): StoreOrderSettings {
	const read = <Value>(name: string, otherwise: Value): Value => context.getNodeParameter(name, 0, otherwise) as Value;
	const options = read<Options>('options', {});
	const zone = options.zone?.trim() || context.getTimezone();
	const lines = read<ConflictPolicy | 'off'>('lines', 'off');
	const payments = read<WishRules['payments']>('payments', 'off');
	const shipments = read<WishRules['shipments']>('shipments', 'off');
	return {
		preview: read('preview', false),
		failAfterAll: options.failAfterAll ?? false,
		identity: read<Identity>('identity', 'externalCode'),
		placedSince: operation === 'create' ? undefined : placedSince(read('placedSince', ''), zone),
		statusMap: statusMapOf(read<Rows<StatusRow>>('statusMap', {}).row ?? [], options.statusPairs),
		finalStatuses: texts(options.finalStatuses ?? ['F']),
		cancelStates: located(read('cancelStates', {})),
		conflicts: options.conflicts ?? 'sourceWins',
		lines: operation === 'create' ? 'sourceWins' : lines === 'off' ? null : lines,
		unknownGoods: read('unknownGoods', 'stop'),
		deliveryServices: located(read('deliveryServices', {})),
		payments,
		paySystems: (read<Rows<DocumentRow>>('paySystemMap', {}).row ?? []).flatMap(toDocumentRule).map((rule) => ({ ...rule, kind: rule.kind ?? 'any' })),
		paySystem: textOrNull(read('paySystem', '')),
		protectedSystems: texts(read('protectedSystems', [])),
		removedPayments: options.removedPayments ?? 'unpaid',
		openPayments: options.openPayments ?? 'use',
		shipments,
		deliveries: (read<Rows<DocumentRow>>('deliveryMap', {}).row ?? []).flatMap(toDocumentRule),
		deduct: read('deduct', false),
		removedShipments: options.removedShipments ?? 'undo',
		shippedStatus: textOrNull(options.shippedStatus),
		trackingField: textIn(options.trackingField),
		fields: (read<Rows<MappingRow>>('fields', {}).row ?? []).flatMap(toFieldRow),
		responsibles: new Map((options.responsibles?.row ?? []).map(({ employee, user }) => [textIn(employee).toLowerCase(), String(user ?? '').trim()])),
		noOneC: options.noOneC ?? false,
		bornElsewhere: options.bornElsewhere ?? false,
		deleted: options.deleted ?? 'leave',
		subWorkflow: chosenSubWorkflow(context),
		dayOf: (moment) => siteClock(zone, Date.parse(moment)).day,
	};
}

/** For operations that only read. Throws ORDER_START_MISSING. */
export const readPlacedSince = (context: IExecuteFunctions): number => placedSince(context.getNodeParameter('placedSince', 0, ''), context.getTimezone());

/** A date without an offset is one of the site's time zone. */
function placedSince(value: unknown, zone: string): number {
	const moment = momentIn(zone, String(value ?? '').trim());
	if (Number.isNaN(moment)) throw new SyncError('ORDER_START_MISSING');
	return moment;
}

/** Rows that the user added; without any the pairs that an expression gave. Throws ORDER_STATUS_PAIRS_INVALID. */
function statusMapOf(rows: readonly StatusRow[], given: unknown): StoreOrderSettings['statusMap'] {
	const own = rows.flatMap(toStatusRule);
	const pairs = givenPairs(given);
	if (pairs === undefined) throw new SyncError('ORDER_STATUS_PAIRS_INVALID');
	return own.length > 0 ? own : pairs.flatMap(({ from, to }) => toStatusRule({ state: { value: from }, status: String(to ?? '') }));
}

function toStatusRule({ when = 'state', state, status = '', beyondFinal = false }: StatusRow): StoreOrderSettings['statusMap'] {
	const id = textIn(state).toLowerCase();
	if (status.trim() === '' || (when === 'state' && id === '')) return [];
	return [{ when, state: id, status: status.trim(), beyondFinal }];
}

/** Rows that name no target say nothing. */
function toDocumentRule({ kind, store, attribute, value = '', target }: DocumentRow): Array<DeliveryRule & { kind?: StorePaySystemRule['kind'] }> {
	const id = String(target ?? '').trim();
	return id === '' ? [] : [{ kind, store: textIn(store).toLowerCase(), attribute: textIn(attribute), value, target: id }];
}

function toFieldRow({ target = '', value = 'field', field, policy = 'always' }: MappingRow, row: number): FieldRow[] {
	if (target === '' || policy === 'never' || (value === 'field' && textIn(field) === '')) return [];
	return [{ target, source: value === 'expression' ? { row } : { field: textIn(field) }, policy }];
}

/** SHA-1 and the site's name, from which ids are derived. */
export const storeIds = (siteKey: string): StoreIds => ({ siteKey, sha1: (bytes) => createHash('sha1').update(bytes).digest() });

import { SyncError } from '../../errors';
import { Decimal } from '../../model/decimal';
import type { Order, OrderShipment } from '../../model/order';
import type { KnownOrder } from '../../moysklad/customerOrder';
import type { KnownDocument } from '../../moysklad/knownDocument';
import { warning, type Warning } from '../result';
import { shipmentText, shippedDemand, storeOf, type DemandFacts } from './demands';
import type { GoodsLine } from './documentField';
import { counts, type FamilyDocuments, type OwnDocument } from './ownDocuments';
import type { Pairs } from './pairing';
import type { PlannedDocuments } from './paymentPlan';
import { divide, wholeParts, type ShipmentPart } from './shipmentParts';
import { wholeSource, type DocumentSource } from './source';
import { creation, documentName, following, untouched, withdrawal, type DocumentStep, type FollowRules, type Marks, type WithdrawalPolicy } from './step';

/** `simple`: one demand for an order that is shipped. `full`: one for each shipment. */
export type ShipmentMode = 'off' | 'simple' | 'full';

/** What demands are planned from. */
export interface ShipmentPlanning {
	order: Order;
	customerOrder: KnownOrder;
	mode: ShipmentMode;
	/** Only for `full`. */
	pairs: Pairs;
	/** Id in MoySklad of the store that the goods leave; that of the customer order when left out. */
	store?: string;
	demands: FamilyDocuments;
	rules: FollowRules;
	withdrawal: WithdrawalPolicy;
	/** What was written into a document last; undefined when nobody remembers. */
	memoryOf(known: KnownDocument): Marks | undefined;
}

/** A shipment of the store that has left, and what it holds. */
interface Leaving {
	source: DocumentSource;
	parts: ShipmentPart[];
	shipments: OrderShipment[];
	/** It cannot be told what it holds. */
	conflict?: SyncError;
}

/** Everything of the order that can have a demand, whether it has one or not. */
export const shipmentSources = (order: Order, mode: ShipmentMode): DocumentSource[] =>
	mode === 'full' ? order.shipments.filter(isOwn).map(({ id }) => ({ entity: 'shipment', id })) : [wholeSource(order)];

/** Born in the store; the others stand for demands that MoySklad has. */
const isOwn = ({ standsFor }: OrderShipment): boolean => standsFor === undefined;

/**
 * What becomes of the demands of an order. No good is shipped more often than the order has it: what a person has shipped
 * already is told, and not shipped again. Throws DOCUMENT_STORE_MISSING where goods left and nothing says from which store.
 */
export function planShipments(plan: ShipmentPlanning): PlannedDocuments {
	const { demands, order, mode } = plan;
	const warnings: Warning[] = [];
	const all = leavingOf(plan);
	// A shipment whose delivery went over to another one may have nothing left to tell: then its demand goes.
	const emptied = all.filter((one) => isEmpty(one) && demands.of(one.source) !== undefined);
	for (const { source } of emptied) warnings.push(warning('SHIPMENT_EMPTY', { document: documentName('demand', source) }));
	const leaving = all.filter((one) => !emptied.includes(one));
	const back = shipmentSources(order, mode).filter(({ id }) => !leaving.some(({ source }) => source.id === id));
	const gone = [...back.flatMap((source) => demands.of(source) ?? []), ...demands.withoutSource(shipmentSources(order, mode))];
	const steps = gone.map(({ known, source }) => withdrawal(known, source, plan.memoryOf(known), plan.withdrawal, plan.rules));
	const stock = stockOf(plan, steps, leaving);
	const wanted = leaving.map((one) => ({ ...one, own: demands.of(one.source) }));
	const living = wanted.flatMap((one) => (one.own && !one.own.known.deleted ? [{ ...one, own: one.own }] : []));
	for (const { own } of living) add(stock, heldBy(own.known), -1);
	const growing = living.filter(({ parts, own }) => !suffices(new Map(), parts, heldBy(own.known)));
	for (const one of [...living.filter((other) => !growing.includes(other)), ...growing]) steps.push(present(plan, one, one.own, stock, warnings));
	for (const one of wanted) if (!one.own || one.own.known.deleted) steps.push(...missing(plan, one, one.own, stock, warnings));
	return { steps, warnings };
}

function leavingOf({ order, customerOrder, mode, pairs }: ShipmentPlanning): Leaving[] {
	const shipments = order.shipments.filter(({ canceled }) => !canceled);
	if (mode === 'simple') {
		const isShipped = shipments.some(isOwn) && shipments.every(({ shipped }) => shipped);
		const source = wholeSource(order);
		return isShipped ? [{ source, parts: wholeParts(customerOrder.positions), shipments }] : [];
	}
	const divided = divide(order, pairs);
	return shipments
		.filter((shipment) => shipment.shipped && isOwn(shipment))
		.map((shipment) => {
			const source = { entity: 'shipment', id: shipment.id } as const;
			const { parts = [], excess = [], unpaired = [] } = divided.get(shipment.id) ?? {};
			const details = { document: documentName('demand', source), lines: [...unpaired, ...excess].join(', ') };
			const code = unpaired.length > 0 ? 'SHIPMENT_LINES_UNPAIRED' : excess.length > 0 ? 'SHIPMENT_EXCEEDS_ORDER' : undefined;
			return { source, parts, shipments: [shipment], ...(code !== undefined && { conflict: new SyncError(code, details) }) };
		});
}

/** How much of each good the order has that nobody has shipped yet, by id of the good. */
type Stock = Map<string, Decimal>;

/**
 * As if the demands of our own that are about to be compared were not there. What others shipped is what their demands say, or
 * what MoySklad itself says of the positions, whichever is more.
 */
function stockOf({ customerOrder, demands }: ShipmentPlanning, steps: readonly DocumentStep[], leaving: readonly Leaving[]): Stock {
	const isPlanned = ({ source }: OwnDocument): boolean => leaving.some((one) => one.source.id === source.id);
	const goes = ({ known }: OwnDocument): boolean => steps.some((step) => step.known === known && step.action === 'withdraw');
	const staying = demands.own.filter((one) => !isPlanned(one) && !goes(one)).map(({ known }) => known);
	const foreign = shippedIn(demands.foreign);
	const told: Stock = new Map();
	add(told, customerOrder.positions.map((position) => ({ ...position, quantity: position.shipped })), 1);
	for (const { known } of demands.own) add(told, heldBy(known), -1);
	for (const [good, quantity] of told) if (quantity.compare(foreign.get(good) ?? 0) > 0) foreign.set(good, quantity);
	const stock: Stock = new Map();
	add(stock, customerOrder.positions, 1);
	for (const others of [foreign, shippedIn(staying)])
		for (const [good, quantity] of others) stock.set(good, (stock.get(good) ?? Decimal.zero).minus(quantity));
	return stock;
}

function shippedIn(demands: readonly KnownDocument[]): Stock {
	const shipped: Stock = new Map();
	for (const demand of demands) add(shipped, heldBy(demand), 1);
	return shipped;
}

function add(stock: Stock, lines: readonly GoodsLine[], sign: 1 | -1): void {
	for (const { good, quantity } of lines) stock.set(good.id, (stock.get(good.id) ?? Decimal.zero).plus(Decimal.of(quantity).times(sign)));
}

/** What a demand takes from the order: nothing while it is not posted. */
const heldBy = (known: KnownDocument): readonly GoodsLine[] => (counts(known) ? known.positions : []);

/** Whether there is as much; what `before` holds is there anyway. */
function suffices(stock: Stock, parts: readonly GoodsLine[], before: readonly GoodsLine[]): boolean {
	const rest: Stock = new Map();
	add(rest, parts, -1);
	add(rest, before, 1);
	return [...rest].every(([good, change]) => change.compare(0) >= 0 || change.plus(stock.get(good) ?? Decimal.zero).compare(0) >= 0);
}

function present(plan: ShipmentPlanning, leaving: Leaving, own: OwnDocument, stock: Stock, warnings: Warning[]): DocumentStep {
	const { known, source } = own;
	const memory = plan.memoryOf(known);
	const left = (conflict?: SyncError): DocumentStep => untouched('demand', source, known, memory, conflict);
	if (leaving.conflict) return left(leaving.conflict);
	if (!suffices(stock, leaving.parts, heldBy(known))) {
		warnings.push(warning('ORDER_SHIPPED_ALREADY', { document: documentName('demand', source) }));
		return left();
	}
	const step = following(wantedOf(plan, leaving, plan.demands.keyOfOwn(own)), known, memory, source.withdrawn, plan.rules);
	if (step.action === 'keep') return step;
	if (known.returned && 'positions' in step.body) return left(new SyncError('DOCUMENT_RETURNED', { document: `${documentName('demand', source)} (${known.number})` }));
	add(stock, heldBy(known), 1);
	add(stock, leaving.parts, -1);
	return step;
}

/** A new demand, unless a person threw the old one away or has shipped the goods already. */
function missing(plan: ShipmentPlanning, leaving: Leaving, own: OwnDocument | undefined, stock: Stock, warnings: Warning[]): DocumentStep[] {
	const { source, parts, conflict } = leaving;
	const document = documentName('demand', source);
	const finding = own && !own.source.withdrawn ? 'DOCUMENT_IN_BIN' : findingOf(plan, leaving);
	if (finding !== undefined) {
		warnings.push(warning(finding, { document }));
		return [];
	}
	if (conflict) return [untouched('demand', source, undefined, undefined, conflict)];
	if (!suffices(stock, parts, [])) {
		warnings.push(warning('ORDER_SHIPPED_ALREADY', { document }));
		return [];
	}
	add(stock, parts, -1);
	return [creation(wantedOf(plan, leaving, plan.demands.keyOf('demand', source)))];
}

/** An order that is kept unposted has other prices than the store. */
function findingOf({ customerOrder }: ShipmentPlanning, leaving: Leaving): 'ORDER_UNPOSTED' | 'SHIPMENT_EMPTY' | undefined {
	if (!customerOrder.applicable) return 'ORDER_UNPOSTED';
	return isEmpty(leaving) ? 'SHIPMENT_EMPTY' : undefined;
}

const isEmpty = ({ parts, conflict }: Leaving): boolean => parts.length === 0 && !conflict;

function wantedOf(plan: ShipmentPlanning, { source, parts, shipments }: Leaving, key: ReturnType<FamilyDocuments['keyOf']>) {
	const { order, customerOrder, store } = plan;
	const facts: DemandFacts = { customerOrder, store, description: shipmentText(order, shipments) };
	if (storeOf(facts) === undefined) throw new SyncError('DOCUMENT_STORE_MISSING');
	return shippedDemand(source, key, parts, facts);
}

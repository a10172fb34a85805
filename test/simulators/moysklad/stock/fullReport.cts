import { refusal } from '../errors.cts';
import * as kinds from '../engine/kinds.cts';
import { readHref } from '../engine/references.cts';
import type { SalePrices } from '../engine/priceKinds.cts';
import { asRef, valueOf, type Json, type Resource, type Row } from '../engine/schema.cts';
import { showMeta } from '../engine/showing.cts';
import { picturesOf, showPicture } from '../images/pictureKind.cts';
import { compileFilter } from '../query/filterEvaluation.cts';
import { parseFilter, type Condition } from '../query/filterGrammar.cts';
import { pageMeta, parsePage } from '../query/paging.cts';
import type { Parameters } from '../query/parameters.cts';
import type { Session } from '../session.cts';
import { derived, plus, StockLedger, type StockType } from './ledger.cts';
import { movementsOf } from './movements.cts';
import { stockModeTest } from './modes.cts';
import { reportFilter } from './reportFilters.cts';

/** `/report/stock/all` and `/report/stock/bystore`: every good with its figures, in pages. */

type Figures = Record<StockType, number>;

interface Line {
	row: Row;
	/** Goods whose stock is added up: the good itself, or all variants of a product. */
	goods: string[];
	figures: Figures;
}

export function allReport(query: Parameters, session: Session): Json {
	const report = readReport(query, session, 'all');
	const grouping = query.get('groupBy') ?? 'variant';
	if (!['product', 'variant', 'consignment'].includes(grouping))
		throw refusal(1084, grouping, 'groupBy', 'product, variant, consignment');
	return paged('all', 'stock', linesOf(report, grouping === 'product', session), query, session, (line) =>
		showLine(line, session),
	);
}

export function byStoreReport(query: Parameters, session: Session): Json {
	const report = readReport(query, session, 'bystore');
	const stores = session.account.table('store').all();
	return paged('bystore', 'stockbystore', linesOf(report, false, session), query, session, (line) => ({
		meta: reportMeta(line.row, session),
		stockByStore: stores.map((store) => {
			const { stock, reserve, inTransit } = figuresOf(line.goods, new Set([store.id]), report.ledger);
			return { meta: showMeta(store, session), name: store.name, stock, reserve, inTransit };
		}),
	}));
}

function paged(
	word: string,
	type: string,
	lines: Line[],
	query: Parameters,
	session: Session,
	show: (line: Line) => Json,
): Json {
	const page = parsePage(query);
	const url = `${session.account.base}/report/stock/${word}`;
	return {
		context: session.account.context(session.user),
		meta: pageMeta(url, type, lines.length, page, query),
		rows: lines.slice(page.offset, page.offset + page.limit).map(show),
	};
}

interface Report {
	tests: Array<(row: Row) => boolean>;
	/** Stores that count; all when undefined. */
	stores: ReadonlySet<string> | undefined;
	quantityMode: string;
	stockMode: string;
	reserveOnly: boolean;
	inTransitOnly: boolean;
	ledger: StockLedger;
}

function readReport(query: Parameters, session: Session, kind: 'all' | 'bystore'): Report {
	const conditions = parseFilter(query.filter());
	const last = (field: string): string | undefined => conditions.find((one) => one.field === field)?.value;
	if (kind === 'bystore' && conditions.some(({ value }) => value === ''))
		throw refusal(1014, '', conditions.find(({ value }) => value === '')?.field ?? '');
	const tests = compileFilter(conditions, (field) => reportFilter(field, conditions, kind), session);
	if (last('archived') === undefined) tests.push((row) => !session.account.isArchived(row));
	return {
		tests,
		stores: storesOf(conditions, session),
		quantityMode: last('quantityMode') ?? (kind === 'all' ? 'nonEmpty' : 'all'),
		stockMode: last('stockMode') ?? (kind === 'all' ? 'all' : 'nonEmpty'),
		reserveOnly: last('reserveOnly') === 'true',
		inTransitOnly: last('inTransitOnly') === 'true',
		ledger: ledgerAt(last('moment'), session),
	};
}

function storesOf(conditions: readonly Condition[], session: Session): ReadonlySet<string> | undefined {
	const named = conditions.filter(({ field }) => field === 'store');
	if (named.length === 0) return undefined;
	const ids = (operator: string): string[] =>
		named
			.filter((one) => one.operator === operator)
			.map(({ value }) => readHref(value, 'store', ['store'], session).id);
	const wanted = ids('=');
	const all =
		wanted.length > 0
			? wanted
			: session.account
					.table('store')
					.all()
					.map(({ id }) => id);
	const without = new Set(ids('!='));
	return new Set(all.filter((id) => !without.has(id)));
}

/** Stock as documents made it up to a moment; what was set by hand is always there. */
function ledgerAt(text: string | undefined, { account }: Session): StockLedger {
	if (text === undefined) return account.stock;
	const moment = kinds.readMoment(text);
	const past = new StockLedger();
	for (const line of account.stock.all()) past.setStock(line.assortment, line.store, line.stock, 0);
	for (const type of ['enter', 'demand', 'salesreturn']) {
		for (const document of account.table(type).all()) {
			if ((document.moment as number) <= moment) continue;
			for (const { assortment, store, stock } of movementsOf(document, account)) {
				past.setStock(assortment, store, plus(past.at(assortment, store)?.stock ?? 0, -stock), 0);
			}
		}
	}
	return past;
}

function linesOf(report: Report, perProduct: boolean, session: Session): Line[] {
	const { account } = session;
	const products = account.table('product').all();
	const lines: Line[] = [];
	for (const product of products) {
		const variants = account.links.to(product.id, 'variant');
		const rows =
			perProduct || variants.length === 0
				? [product]
				: variants.map((ref) => account.find(ref)).filter((row) => row !== undefined);
		for (const row of rows) {
			if (!report.tests.every((test) => test(row))) continue;
			const goods = row === product ? [product.id, ...variants.map(({ id }) => id)] : [row.id];
			const figures = figuresOf(goods, report.stores, report.ledger);
			if (passes(row, figures, report)) lines.push({ row, goods, figures });
		}
	}
	return lines;
}

function passes(row: Row, figures: Figures, { quantityMode, stockMode, reserveOnly, inTransitOnly }: Report): boolean {
	const minimum = (row.minimumBalance as number | undefined) ?? 0;
	if (reserveOnly && figures.reserve === 0) return false;
	if (inTransitOnly && figures.inTransit === 0) return false;
	return stockModeTest(stockMode)(figures.stock, minimum) && stockModeTest(quantityMode)(figures.quantity, minimum);
}

/** Lines that are being recalculated are left out, as if there were nothing. */
function figuresOf(goods: readonly string[], stores: ReadonlySet<string> | undefined, ledger: StockLedger): Figures {
	const sum = { stock: 0, reserve: 0, inTransit: 0 };
	for (const good of goods) {
		for (const line of ledger.of(good)) {
			if (line.recalculating || (stores && !stores.has(line.store ?? ''))) continue;
			sum.stock = plus(sum.stock, line.stock);
			sum.reserve = plus(sum.reserve, line.reserve);
			sum.inTransit = plus(sum.inTransit, line.inTransit);
		}
	}
	return derived(sum);
}

function showLine({ row, figures }: Line, session: Session): Json {
	const { account } = session;
	const product = account.find(asRef(row.product)) ?? row;
	const folder = account.find(asRef(product.productFolder));
	const unit = account.find(asRef(product.uom));
	const [image] = picturesOf(row);
	const read = (name: string): unknown => {
		const resource = account.resource(row.type) as Resource;
		const field = resource.fields[name];
		return field && valueOf(row, name, field, session);
	};
	const first = account.priceTypes[0]?.id ?? '';
	return {
		meta: reportMeta(row, session),
		stock: figures.stock,
		inTransit: figures.inTransit,
		reserve: figures.reserve,
		quantity: figures.quantity,
		name: read('name'),
		...(row.code !== undefined && { code: row.code }),
		...(read('article') !== undefined && { article: read('article') }),
		price: account.costOf({ type: row.type, id: row.id }),
		salePrice: (read('salePrices') as SalePrices | undefined)?.[first]?.value ?? 0,
		...(folder && {
			folder: {
				meta: showMeta(folder, session),
				name: folder.name,
				pathName: account.folderPath(asRef(folder.productFolder)),
			},
		}),
		...(unit && { uom: { meta: showMeta(unit, session), name: unit.name } }),
		...(image && { image: showPicture(image, row, session) }),
		externalCode: row.externalCode,
		stockDays: 0,
	};
}

/** References in this report carry a query tail. */
const reportMeta = (row: Row, session: Session): Json => {
	const meta = showMeta(row, session);
	return { ...meta, href: `${String(meta.href)}?expand=supplier` };
};

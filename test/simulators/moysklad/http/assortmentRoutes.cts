import type { Account } from '../account.cts';
import { refusal } from '../errors.cts';
import { attributeFilter } from '../engine/attributes.cts';
import { barcodeFilter } from '../engine/goodKinds.cts';
import * as kinds from '../engine/kinds.cts';
import { expandFor } from '../engine/lists.cts';
import { readHref } from '../engine/references.cts';
import {
	asRef,
	valueOf,
	type Comparable,
	type FilterRule,
	type Json,
	type Resource,
	type Row,
} from '../engine/schema.cts';
import { showRow } from '../engine/showing.cts';
import { stockModeTest, STOCK_MODES } from '../stock/modes.cts';
import { compileFilter } from '../query/filterEvaluation.cts';
import { parseFilter, type Condition } from '../query/filterGrammar.cts';
import { parseOrder, sorted, type OrderKey } from '../query/ordering.cts';
import { pageMeta, parsePage } from '../query/paging.cts';
import { search } from '../query/searching.cts';
import type { Session } from '../session.cts';
import { byMethod, ok, type ApiAnswer, type ApiRequest } from './api.cts';
import { deleteMany } from './entityRoutes.cts';
import { codeSettingsRoute } from './contextRoutes.cts';
import { header } from './gate.cts';

/** `/entity/assortment`: products, services, bundles and variants in one list; the old form with stock, the new one without. */

const GOOD_TYPES = ['product', 'service', 'bundle', 'variant'] as const;

const BETA_HEADER = 'x-lognex-remap-beta-feature';
const BETA_FEATURE = 'assortmentWithoutStock';
const SORTABLE = ['name', 'code', 'pathName', 'article'];
const NEW_EXPANDS = ['product', 'images', 'components'];

export function assortmentRoute([word]: readonly string[], request: ApiRequest): ApiAnswer | Promise<ApiAnswer> {
	if (word === 'settings') return codeSettingsRoute('assortment', request);
	if (word === 'delete')
		return byMethod(request, {
			POST: (one) => deleteMany(one.session.account.resource('product') as Resource, GOOD_TYPES, one),
		});
	if (word !== undefined) throw refusal(1002, request.path.join('/'));
	return byMethod(request, { GET: () => ok(listed(request)) });
}

function listed(request: ApiRequest): Json {
	const { query, session } = request;
	const { account } = session;
	const lean = header(request.call, BETA_HEADER) === BETA_FEATURE;
	const page = parsePage(query);
	const rows = selected(request, lean);
	const expand = expandFor(
		query,
		page,
		GOOD_TYPES.map((type) => resourceOf(type, session)),
		session,
	);
	const refused =
		lean && expand
			? Object.entries(expand).find(([name, inner]) => !NEW_EXPANDS.includes(name) || Object.keys(inner).length > 0)
			: undefined;
	if (refused) throw refusal(1089, refused[0]);
	return {
		context: account.context(session.user),
		meta: pageMeta(`${account.base}/entity/assortment`, 'assortment', rows.length, page, query),
		rows: rows.slice(page.offset, page.offset + page.limit).map((row) => ({
			...showRow(row, resourceOf(row.type, session), session, expand),
			...(!lean && stockOf(row, session)),
		})),
	};
}

function selected({ query, session }: ApiRequest, lean: boolean): Row[] {
	const conditions = parseFilter(query.filter());
	const keys = parseOrder(query.get('order') ?? '', (field) => SORTABLE.includes(field));
	const rows = inOrder(keys.length > 0 ? keys : [{ field: 'name', descending: false }], session);
	const rules = lean ? LEAN_RULES : OLD_RULES;
	const used = lean ? conditions : conditions.map(softened);
	const tests = compileFilter(used, (field) => ruleFor(field, rules, used, session), session);
	if (!conditions.some(({ field }) => field === 'archived')) tests.push((row) => !session.account.isArchived(row));
	const passed = rows.filter((row) => tests.every((test) => test(row)));
	const text = query.get('search') ?? (lean ? undefined : conditions.find(({ field }) => field === 'search')?.value);
	return text === undefined ? passed : search(passed, text, (row) => resourceOf(row.type, session), session);
}

interface Ordered {
	/** Which state of which tables, in which order. */
	key: string;
	rows: Row[];
}

const lastOrder = new WeakMap<Account, Ordered>();

/** All goods that may be seen, sorted; kept until one changes, since pages are asked one after the other. */
function inOrder(keys: readonly OrderKey[], session: Session): Row[] {
	const { account } = session;
	const types = GOOD_TYPES.filter((type) => session.may('view', type));
	const key = JSON.stringify([keys, types.map((type) => [type, account.table(type).version])]);
	const known = lastOrder.get(account);
	if (known?.key === key) return known.rows;
	const rows = sorted(
		types.flatMap((type) => account.table(type).all()),
		keys,
		(row) => resourceOf(row.type, session),
		session,
	);
	lastOrder.set(account, { key, rows });
	return rows;
}

const resourceOf = (type: string, session: Session): Resource => session.account.resource(type) as Resource;

/** The old list takes `>` as `>=` and `<` as `<=` on `updated`. */
const softened = (condition: Condition): Condition =>
	condition.field === 'updated' && (condition.operator === '>' || condition.operator === '<')
		? { ...condition, operator: `${condition.operator}=` }
		: condition;

/** A variant counts as lying where its product lies. */
const ownOrProduct = (row: Row, name: string, session: Session): unknown => {
	const field = resourceOf(row.type, session).fields[name];
	const own = field ? valueOf(row, name, field, session) : row[name];
	const product = row.type === 'variant' && own === undefined ? session.account.find(asRef(row.product)) : undefined;
	return product ? ownOrProduct(product, name, session) : own;
};

const plain = (name: string, operators: FilterRule['operators'], literal: FilterRule['literal']): FilterRule => ({
	operators,
	literal,
	values: (row, session) => ([ownOrProduct(row, name, session)] as Comparable[]).filter((value) => value !== undefined),
});

const text = (name: string): FilterRule => plain(name, kinds.TEXTUAL, (literal) => literal);

const reference = (name: string, ...types: string[]): FilterRule => ({
	operators: kinds.EQUALITY,
	literal: (literal, field, session) => readHref(literal, field, types, session).id,
	values: (row, session) => {
		const ref = asRef(ownOrProduct(row, name, session));
		return ref ? [ref.id] : [];
	},
});

/** Without subfolders only the folder itself counts. */
const folder = (withSubFolders: boolean): FilterRule => ({
	...reference('productFolder', 'productfolder'),
	values: (row, session) => {
		const ids: string[] = [];
		for (
			let ref = asRef(ownOrProduct(row, 'productFolder', session));
			ref;
			ref = asRef(session.account.find(ref)?.productFolder)
		) {
			ids.push(ref.id);
			if (!withSubFolders) break;
		}
		return ids;
	},
});

const LEAN_RULES: Record<string, FilterRule> = {
	archived: plain('archived', kinds.EQUALITY, kinds.readBoolean),
	barcode: { ...barcodeFilter, operators: new Set(['=', '~', '~=', '=~']) },
	code: text('code'),
	description: text('description'),
	externalCode: text('externalCode'),
	group: reference('group', 'group'),
	id: plain('id', kinds.EQUALITY, kinds.readUuid),
	name: text('name'),
	pathName: text('pathName'),
	supplier: reference('supplier', 'counterparty', 'organization'),
	type: { operators: kinds.EQUALITY, literal: kinds.readChoice(GOOD_TYPES), values: (row) => [row.type] },
	updated: plain('updated', kinds.RANGES, kinds.readMoment),
};

const ignored: FilterRule = { operators: new Set(['=']), literal: (literal) => literal, values: () => [], once: true };

const OLD_RULES: Record<string, FilterRule> = {
	...LEAN_RULES,
	article: text('article'),
	owner: reference('owner', 'employee'),
	syncId: plain('syncId', kinds.EQUALITY, kinds.readUuid),
	weighed: plain('weighed', kinds.EQUALITY, kinds.readBoolean),
	product: {
		operators: kinds.EQUALITY,
		literal: (literal, field, session) => readHref(literal, field, ['product'], session).id,
		values: (row) => [asRef(row.product)?.id ?? row.id],
	},
};

/** The sort of condition that every row passes; what it means is read elsewhere. */
const setting = (literal: FilterRule['literal']): FilterRule => ({ ...ignored, literal, values: () => [] });

function ruleFor(
	field: string,
	rules: Record<string, FilterRule>,
	conditions: readonly Condition[],
	session: Session,
): FilterRule {
	const known = rules[field];
	if (known) return known;
	if (field === 'productFolder')
		return folder(conditions.find((one) => one.field === 'withSubFolders')?.value !== 'false');
	if (field === 'withSubFolders') return passing(setting(kinds.readBoolean), conditions, field);
	if (rules === OLD_RULES) {
		if (field === 'search')
			return passing(
				setting((literal) => literal),
				conditions,
				field,
			);
		if (field === 'stockStore')
			return passing(
				setting((literal, name) => readHref(literal, name, ['store'], session).id),
				conditions,
				field,
			);
		if (field === 'stockMoment') return passing(setting(kinds.readMoment), conditions, field);
		if (field === 'stockMode' || field === 'quantityMode') return stockMode(field, conditions);
	}
	if (field.includes('/')) return attributeFilter(field, 'product', session);
	throw refusal(1034, field);
}

/** Checks the value, and lets every row through. */
const passing = (rule: FilterRule, conditions: readonly Condition[], field: string): FilterRule => ({
	...rule,
	values: (_row, session) =>
		conditions.filter((one) => one.field === field).map(({ value }) => rule.literal(value, field, session)),
});

function stockMode(field: 'stockMode' | 'quantityMode', conditions: readonly Condition[]): FilterRule {
	const mode = conditions.find((one) => one.field === field)?.value ?? 'all';
	return {
		operators: new Set(['=']),
		once: true,
		literal: kinds.readChoice(STOCK_MODES),
		values: (row, session) => {
			const total = session.account.stock.total(row.id);
			return stockModeTest(mode)(
				field === 'stockMode' ? total.stock : total.quantity,
				(row.minimumBalance as number | undefined) ?? 0,
			)
				? [mode]
				: [];
		},
	};
}

/** Bundles have no stock of their own, services none at all. */
function stockOf(row: Row, { account }: Session): Json {
	if (row.type === 'bundle' || row.type === 'service') return {};
	const { stock, reserve, inTransit, quantity } = account.stock.total(row.id);
	return { stock, reserve, inTransit, quantity };
}

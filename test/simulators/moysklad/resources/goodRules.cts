import { fieldRefusal } from '../errors.cts';
import { randomEan13, type Barcode } from '../engine/goodKinds.cts';
import * as kinds from '../engine/kinds.cts';
import { inUse, reference } from '../engine/references.cts';
import { asRef, type Draft, type Field, type Row } from '../engine/schema.cts';
import { picturesOf } from '../images/pictureKind.cts';
import type { Session } from '../session.cts';

/** What products, services, bundles and variants have in common. */

const TAX_SYSTEMS = [
	'GENERAL_TAX_SYSTEM',
	'PATENT_BASED',
	'PRESUMPTIVE_TAX_SYSTEM',
	'SIMPLIFIED_TAX_SYSTEM_INCOME',
	'SIMPLIFIED_TAX_SYSTEM_INCOME_OUTCOME',
	'TAX_SYSTEM_SAME_AS_GROUP',
	'UNIFIED_AGRICULTURAL_TAX',
];

/** Where in the tree it lies. */
export const inFolder: Record<string, Field> = {
	pathName: {
		kind: kinds.text(),
		readOnly: true,
		sort: true,
		reckon: (row, { account }) => account.folderPath(asRef(row.productFolder)),
	},
	productFolder: { kind: reference('productfolder') },
};

/** 16010; a rate of its own ends the rate of the folder. */
export function prepareVat(draft: Draft, given: ReadonlySet<string>): void {
	if (draft.vatEnabled === true && draft.vat === undefined) throw fieldRefusal(16010, 'vat');
	if ((given.has('vat') || given.has('vatEnabled')) && !given.has('useParentVat')) draft.useParentVat = false;
}

export const vatFields: Record<string, Field> = {
	vat: { kind: kinds.number({ whole: true, notNegative: true }), noFilter: true },
	vatEnabled: { kind: kinds.boolean, noFilter: true },
	useParentVat: { kind: kinds.boolean, noFilter: true, initial: () => true },
	effectiveVat: {
		kind: kinds.number(),
		readOnly: true,
		noFilter: true,
		reckon: (row, { account }) => account.effectiveVat(row).rate,
	},
	effectiveVatEnabled: {
		kind: kinds.boolean,
		readOnly: true,
		noFilter: true,
		reckon: (row, { account }) => account.effectiveVat(row).enabled,
	},
	taxSystem: { kind: kinds.choice(...TAX_SYSTEMS), noFilter: true },
};

export const variantsOf = (row: Row, { account }: Session): Row[] =>
	account.links
		.to(row.id, 'variant')
		.map((ref) => account.find(ref))
		.filter((found) => found !== undefined);

/** After a good was kept or removed: who refers to whom, and pictures to download. */
export function settleGood(row: Row | undefined, before: Row | undefined, { account }: Session): void {
	account.links.follow(row, before);
	for (const one of row ? picturesOf(row) : []) account.files.set(one.id, one);
	if (row ? before && row.archived !== before.archived : before) touchStock(before as Row, account);
}

/** The stock of a good and of its variants shows up as changed. */
function touchStock({ id }: Row, account: Session['account']): void {
	const goods = [id, ...account.links.to(id, 'variant').map((variant) => variant.id)];
	for (const good of goods) account.stock.touch(account.stock.of(good), account.now());
}

/** VAT, codes and barcodes of a product, a service or a bundle. */
export function prepareGood(draft: Draft, before: Row | undefined, session: Session, given: ReadonlySet<string>): void {
	prepareBarcodes(draft, before, session);
	prepareVat(draft, given);
	if (draft.vat !== undefined) draft.vatEnabled ??= true;
	if (given.has('code')) session.account.refuseTakenCode(draft);
}

/** A new good for which no list was sent gets a code of its own. */
export function prepareBarcodes(draft: Draft, before: Row | undefined, session: Session): void {
	if (before || !session.account.settings.fillEAN13Barcode) return;
	if (draft.barcodes === undefined) draft.barcodes = [randomEan13()] satisfies Barcode[];
}

/** 1028 while a document or a bundle contains the good. */
export function refuseWhenUsed(row: Row, session: Session): void {
	const users = session.account.links.to(row.id).filter(({ type }) => type !== 'variant');
	if (users.length > 0) throw inUse(users.slice(0, 10), session);
}

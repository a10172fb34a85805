import { archived, described, identity, ownership, syncId, TAX_SYSTEMS } from './common';
import { boolean, choice, id, json, number, price, READ_ONLY, reference, REQUIRED, text, UNFILTERED, type Field } from './field';

/** Products, variants, bundles, services and their folders. */

const PAYMENT_ITEMS = [
	'ANOTHER_PAYMENT_ITEM', 'COMPOUND_PAYMENT_ITEM', 'EXCISABLE_GOOD', 'GOOD', 'PROVIDING_RID', 'SERVICE', 'WORK',
] as const;

const vat: Field[] = [
	number('vat', 'VAT %', UNFILTERED),
	boolean('vatEnabled', 'VAT Enabled', UNFILTERED),
	boolean('useParentVat', 'Use VAT of Folder', UNFILTERED),
	choice('taxSystem', 'Tax System', TAX_SYSTEMS, UNFILTERED),
];

const pathName = text('pathName', 'Folder Path', READ_ONLY);

/** Codes are written as a list; a filter names one. */
const barcodes: Field[] = [json('barcodes', 'Barcodes', UNFILTERED), text('barcode', 'Barcode', READ_ONLY)];

const prices: Field[] = [
	json('salePrices', 'Sale Prices', UNFILTERED),
	price('minPrice', 'Minimum Price (Kopecks)', UNFILTERED),
	price('buyPrice', 'Purchase Price (Kopecks)', UNFILTERED),
];

const sold: Field[] = [
	text('name', 'Name', REQUIRED),
	...described,
	...identity,
	syncId,
	archived,
	pathName,
	reference('productFolder', 'Product Folder', 'productfolder'),
	reference('uom', 'Unit of Measure', 'uom', UNFILTERED),
	...vat,
	choice('paymentItemType', 'Payment Item', PAYMENT_ITEMS, UNFILTERED),
	boolean('discountProhibited', 'Discounts Prohibited', UNFILTERED),
	...prices,
	...barcodes,
	...ownership,
];

const physical: Field[] = [
	text('article', 'Article'),
	number('weight', 'Weight'),
	number('volume', 'Volume'),
	reference('country', 'Country', 'country', UNFILTERED),
	text('trackingType', 'Marking', UNFILTERED),
	text('tnved', 'TN VED Code', UNFILTERED),
];

/** Fields of products. Source: github moysklad/api-remap-1.2-doc, `md/dictionaries/_product.md`. */
export const product: Field[] = [
	...sold,
	...physical,
	reference('supplier', 'Supplier', 'counterparty'),
	boolean('weighed', 'Weighed'),
	boolean('isSerialTrackable', 'Tracked by Serial Numbers'),
	number('minimumBalance', 'Minimum Stock'),
	json('packs', 'Packs', UNFILTERED),
];

/** Fields of services. Source: github moysklad/api-remap-1.2-doc, `md/dictionaries/_service.md`. */
export const service: Field[] = sold;

/** Fields of bundles. Source: github moysklad/api-remap-1.2-doc, `md/dictionaries/_bundle.md`. */
export const bundle: Field[] = [
	...sold.filter(({ name }) => name !== 'buyPrice'),
	...physical,
	json('components', 'Components', { ...REQUIRED, ...UNFILTERED }),
	json('overhead', 'Additional Cost', UNFILTERED),
];

/** Fields of variants; what they lack is their product's. Source: github moysklad/api-remap-1.2-doc, `md/dictionaries/_variant.md`. */
export const variant: Field[] = [
	reference('product', 'Product', 'product', { ...REQUIRED, ...UNFILTERED, fixed: true }),
	json('characteristics', 'Characteristics', { ...REQUIRED, ...UNFILTERED }),
	text('name', 'Name', READ_ONLY),
	...described,
	...identity,
	text('article', 'Article'),
	archived,
	boolean('discountProhibited', 'Discounts Prohibited', UNFILTERED),
	...prices,
	...barcodes,
	json('packs', 'Packs', UNFILTERED),
	id('productid', 'ID of the Product', READ_ONLY),
];

/** Fields of product folders. Source: github moysklad/api-remap-1.2-doc, `md/dictionaries/_productFolder.md`. */
export const productfolder: Field[] = [
	text('name', 'Name', REQUIRED),
	...described,
	...identity,
	{ ...archived, ...READ_ONLY },
	pathName,
	reference('productFolder', 'Parent Folder', 'productfolder'),
	...vat,
	...ownership,
];

/** What the list of all goods can be filtered by; it is only read. Source: github moysklad/api-remap-1.2-doc, `md/dictionaries/_assortment.md`. */
export const assortment: Field[] = [
	text('name', 'Name'),
	...described,
	...identity,
	archived,
	text('barcode', 'Barcode'),
	reference('group', 'Owner (Department)', 'group'),
	pathName,
	reference('productFolder', 'Product Folder', 'productfolder'),
	reference('supplier', 'Supplier', 'counterparty'),
	choice('type', 'Kind', ['bundle', 'product', 'service', 'variant']),
	boolean('withSubFolders', 'With Subfolders'),
].map((field) => ({ ...field, readOnly: true as const }));

/** Bitrix has its own methods for each kind of catalog item. */
export type Family = 'product' | 'sku' | 'offer' | 'service';

interface FamilyMethods {
	/** Without `.list`, `.add`, `.update`, `.delete`. */
	prefix: string;
	/** Under which key of `result` a write answers. */
	answer: string;
	/** The word for users. */
	label: string;
}

/** The methods of each family, without their last word. Source: github bitrix24/b24restdocs, `api-reference/catalog/product`. */
export const FAMILIES: Record<Family, FamilyMethods> = {
	product: { prefix: 'catalog.product', answer: 'element', label: 'product' },
	sku: { prefix: 'catalog.product.sku', answer: 'sku', label: 'product with offers' },
	offer: { prefix: 'catalog.product.offer', answer: 'offer', label: 'offer' },
	service: { prefix: 'catalog.product.service', answer: 'service', label: 'service' },
};

const BY_TYPE: Record<number, Family> = { 1: 'product', 3: 'sku', 4: 'offer', 5: 'offer', 6: 'sku', 7: 'service' };

/** The family of an item by its `type` in the catalog. Undefined for a set (2), which REST cannot write, and for types that are not known here. */
export const familyOfType = (type: number): Family | undefined => BY_TYPE[type];

/** The lists that cover a whole block: all kinds of goods, and all offers. */
export const BLOCK_LISTS = {
	goods: { method: 'catalog.product.list', rows: 'products' },
	offers: { method: 'catalog.product.offer.list', rows: 'offers' },
} as const;

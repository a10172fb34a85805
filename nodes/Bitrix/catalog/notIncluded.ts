import type { IDataObject } from 'n8n-workflow';
import type { CatalogSession } from './session';

/** What MoySklad Entity can include, and how an item looks without it: only a link is there. */
const PARTS: ReadonlyArray<{ field: string; option: string; consequence: string; isLink(value: IDataObject): boolean }> = [
	{ field: 'productFolder', option: 'Product Folder', consequence: 'sections were only found, not made', isLink: ({ name }) => name === undefined },
	{ field: 'uom', option: 'Unit of Measure', consequence: 'units were left alone', isLink: ({ name }) => name === undefined },
	{ field: 'product', option: 'Product of Variant', consequence: 'products of variants were only found, not made', isLink: ({ name }) => name === undefined },
	{ field: 'images', option: 'Pictures', consequence: 'pictures were left alone', isLink: ({ rows, meta }) => rows === undefined && Number((meta as IDataObject | undefined)?.size) > 0 },
];

/** Says once for the whole run what the items do not include. */
export function sayWhatIsNotIncluded(session: Pick<CatalogSession, 'hint'>, items: readonly IDataObject[]): void {
	for (const { field, option, consequence, isLink } of PARTS) {
		const lacking = items.filter((item) => typeof item[field] === 'object' && item[field] !== null && isLink(item[field] as IDataObject)).length;
		if (lacking > 0) session.hint(`${lacking} items come without ${option}, so ${consequence}. Add it under Include in MoySklad Entity.`);
	}
}

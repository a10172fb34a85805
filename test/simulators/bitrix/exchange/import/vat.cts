import type { ElementRow, PropertyValue, VatRow } from '../../catalog/rows.cts';
import { change } from './element.cts';
import type { FilePriceType } from './progress.cts';
import type { Scene } from './scene.cts';

/**
 * The VAT of an element follows from its prices: the rate of its tax that is called as that of the price types; included
 * when it is in all of them. A file without price types says nothing of it.
 */
export function updateVat(scene: Scene, element: ElementRow, types: readonly FilePriceType[]): void {
	if (types.length === 0) return;
	const tax = taxesOf(scene, element.id).find(({ description }) =>
		types.some(({ taxName }) => taxName !== '' && taxName === description),
	);
	change(scene, element, {
		...(tax && { vatId: vatOf(scene, String(tax.value)).id }),
		vatIncluded: types.every(({ taxIncluded }) => taxIncluded) ? 'Y' : 'N',
	});
}

/** The taxes that the last goods or offers file told, whichever block the element lies in. */
function taxesOf({ portal }: Scene, elementId: number): readonly PropertyValue[] {
	const { elements, properties } = portal.store;
	const element = elements.get(elementId);
	const taxes = properties.where('iblockId', element?.iblockId).find(({ xmlId }) => xmlId === 'CML2_TAXES');
	return taxes ? (element?.properties[taxes.id] ?? []) : [];
}

/** The site's rate of that value; what is no number is the one without VAT. Made when it is missing. */
function vatOf({ portal }: Scene, text: string): VatRow {
	const { vats } = portal.store;
	const number = Number(text.trim().replace(',', '.').replace(/%$/, ''));
	const rate = text.trim() !== '' && Number.isFinite(number) ? number : null;
	const known = vats.all().find((vat) => vat.rate === rate);
	return (
		known ??
		vats.add({
			name: rate === null ? 'Без НДС' : `${rate}%`,
			rate,
			active: 'Y',
			sort: 100,
			xmlId: null,
			timestampX: portal.now(),
		})
	);
}

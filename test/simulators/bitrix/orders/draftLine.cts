import type { ElementRow } from '../catalog/rows.cts';
import type { DraftLine } from './randomOrder.cts';

/** A line of so many pieces, kopecks for one. */
export const lineOf = (
	element: ElementRow | undefined,
	price: number,
	quantity = 1,
	more: Partial<DraftLine> = {},
): DraftLine => ({
	productId: element?.id ?? 0,
	name: element?.name ?? 'Сборка',
	quantity,
	basePrice: price,
	price,
	vatRate: null,
	vatIncluded: 'Y',
	coupon: '',
	components: [],
	...more,
});

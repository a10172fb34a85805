import type { Installation } from '../demo/installation.cts';
import { ivan } from '../nodes/orders/store.cts';
import { placeOrder } from '../simulators/bitrix/orders/placeOrders.cts';
import { control } from '../simulators/moysklad/control.cts';

/** Somebody with these properties orders an engraving. */
export const orderOf = ({ bitrix }: Installation, properties: Record<string, string>): void =>
	void placeOrder(bitrix.portal, {
		site: 's1', customer: { ...ivan, properties }, statusId: 'N', canceled: false, shipped: false, managerComment: '', payments: [],
		lines: [{ productId: 0, name: 'Гравировка', quantity: 1, basePrice: 100, price: 100, vatRate: 0.2, vatIncluded: 'Y', coupon: '', components: [] }],
		delivery: { service: 'delivery-courier', price: 0 },
	});

/** Somebody whom MoySklad knows; the id. */
export async function addCounterparty({ moySklad }: Installation, body: Record<string, unknown>): Promise<string> {
	const answer = (await control(moySklad.parts, 'POST', 'edit', { user: 'admin', method: 'POST', path: 'entity/counterparty', body })) as unknown as { body: { id: string } };
	return answer.body.id;
}

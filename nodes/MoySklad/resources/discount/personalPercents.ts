import { anyOf, Decimal, filterText, personalOf, personalPercent, type Discount, type DiscountBook, type PersonalPercents, type PriceGroup } from '../../../../core';
import { readPages, type Entity, type MoySkladClient } from '../../../../transport';

/**
 * The percentage that all counterparties of a group have of each personal discount. They are read until two differ: in a group of people
 * with percentages of their own that is the first page.
 */
export async function personalPercents(client: MoySkladClient, book: DiscountBook, group: PriceGroup): Promise<PersonalPercents> {
	const open = personalOf(book, group);
	const percents = new Map<string, Decimal | 'varies'>();
	if (open.length === 0) return percents;
	const query = { filter: filterText(anyOf('tags', [group.tag ?? ''])), order: 'id,asc' };
	for await (const { rows } of readPages(client, 'entity/counterparty', query)) {
		for (const discount of open) compare(percents, discount, rows);
		if (open.every(({ id }) => percents.get(id) === 'varies')) break;
	}
	return percents;
}

function compare(percents: Map<string, Decimal | 'varies'>, { id }: Discount, counterparties: readonly Entity[]): void {
	for (const counterparty of counterparties) {
		const before = percents.get(id);
		if (before === 'varies') return;
		const percent = personalPercent(counterparty, id);
		percents.set(id, before && !before.equals(percent) ? 'varies' : percent);
	}
}

import type { Seeder } from './seeding.cts';

/** The tags of a generated shop that its discounts know. */
export const DISCOUNT_TAGS = { wholesale: 'опт', dealers: 'дилеры' } as const;

/** Discounts of a generated shop: one of each kind. What cannot be a price changes nothing until somebody switches it on. */
export function seedDiscounts(seeder: Seeder): void {
	const { shop, idOf } = seeder;
	const put = (type: string, key: string, fields: Record<string, unknown>): void =>
		void seeder.put(type, key, { active: true, allAgents: true, agentTags: [], allProducts: true, ...fields });
	const [folder] = shop.folders;
	put('personaldiscount', 'personal', { name: 'Персональная скидка', active: false });
	put('specialpricediscount', 'wholesale', {
		name: 'Опт: 10 % на раздел',
		allAgents: false,
		agentTags: [DISCOUNT_TAGS.wholesale],
		usePriceType: false,
		discount: 10,
		allProducts: folder === undefined,
		...(folder && { productFolders: [seeder.ref('productfolder', folder.key)] }),
	});
	put('specialpricediscount', 'dealers', {
		name: 'Цены дилеров',
		allAgents: false,
		agentTags: [DISCOUNT_TAGS.dealers],
		usePriceType: true,
		specialPrice: { priceType: idOf('pricetype', 'wholesale'), value: 0 },
	});
	put('accumulationdiscount', 'accumulation', { name: 'Накопительная', active: false, levels: [{ amount: 1_000_000, discount: 5 }] });
	put('bonusprogram', 'bonus', {
		name: 'Баллы',
		active: false,
		earnRateRoublesToPoint: 100,
		spendRatePointsToRouble: 1,
		maxPaidRatePercents: 30,
		earnWhileRedeeming: false,
		welcomeBonusesEnabled: false,
	});
	put('discount', 'rounding', { name: 'Округление копеек', active: false });
}

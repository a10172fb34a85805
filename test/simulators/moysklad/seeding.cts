import { stableUuid } from '../kernel/random.cts';
import { shopFrame, type ShopFrame } from '../shop/frame.cts';
import { shopGoods, type ShopGood } from '../shop/goods.cts';
import type { ShopSize } from '../shop/size.cts';
import type { Account } from './account.cts';
import type { Ref, Row } from './engine/schema.cts';
import { toMinute } from './moments.cts';
import { seedDiscounts } from './seedingDiscounts.cts';
import { seedGood } from './seedingGoods.cts';
import { shownName } from './users.cts';

/** Fills an account with a generated shop. */

const STATES: Record<
	string,
	ReadonlyArray<readonly [name: string, type: 'Regular' | 'Successful' | 'Unsuccessful']>
> = {
	customerorder: [
		['Новый', 'Regular'],
		['Подтверждён', 'Regular'],
		['Собран', 'Regular'],
		['Отгружен', 'Regular'],
		['Доставлен', 'Successful'],
		['Возврат', 'Unsuccessful'],
		['Отменён', 'Unsuccessful'],
	],
	demand: [
		['Новая', 'Regular'],
		['Отправлена', 'Regular'],
		['Получена', 'Successful'],
	],
	invoiceout: [
		['Выставлен', 'Regular'],
		['Оплачен', 'Successful'],
	],
	paymentin: [['Получен', 'Regular']],
	cashin: [['Получен', 'Regular']],
	paymentout: [['Отправлен', 'Regular']],
	cashout: [['Выдан', 'Regular']],
	salesreturn: [['Принят', 'Regular']],
	counterparty: [
		['Новый', 'Regular'],
		['Постоянный', 'Successful'],
	],
};

const COUNTRIES = [
	['Россия', '643'],
	['Беларусь', '112'],
	['Казахстан', '398'],
	['Китай', '156'],
] as const;
const REGIONS = [
	['г Москва', '77'],
	['г Санкт-Петербург', '78'],
	['Московская обл', '50'],
] as const;
const EXPENSES = [
	['return', 'Возврат'],
	['purchase', 'Закупка товаров'],
] as const;
const DAY = 24 * 3_600_000;

/** Ids of the generated shop: the same key gives the same id. */
export type IdOf = (type: string, key: string) => string;

/** Types of which there are few and to which many rows refer: their ids are made once. */
const OFTEN_NAMED = new Set([
	'attribute',
	'pricetype',
	'currency',
	'customentity',
	'employee',
	'counterparty',
	'organization',
	'store',
	'project',
	'contract',
	'uom',
	'productfolder',
]);

export function seed(account: Account, size: ShopSize): void {
	const idOf = idMaker(account.seed);
	const frame = shopFrame(account.seed, size);
	const seeder = new Seeder(account, frame, idOf);
	seeder.frame();
	for (const good of shopGoods(account.seed, size)) seeder.good(good);
}

function idMaker(seedNumber: number): IdOf {
	const known = new Map<string, string>();
	return (type, key) => {
		if (!OFTEN_NAMED.has(type)) return stableUuid(type, seedNumber, key);
		const name = `${type} ${key}`;
		let id = known.get(name);
		if (id === undefined) known.set(name, (id = stableUuid(type, seedNumber, key)));
		return id;
	};
}

/** Puts the parts of a shop into tables; rows that come with the account are older than anything a test does. */
export class Seeder {
	readonly moment: number;

	private readonly refs = new Map<string, Ref>();
	private readonly group: Ref;
	private readonly author: string;

	constructor(
		readonly account: Account,
		readonly shop: ShopFrame,
		readonly idOf: IdOf,
	) {
		this.moment = account.now() - DAY;
		this.group = { type: 'group', id: account.groupId };
		this.author = account.users.named('admin').login;
	}

	/** One object for all references to the same row: many goods share a folder, a unit, an attribute's element. */
	ref(type: string, key: string): Ref {
		const name = `${type} ${key}`;
		let ref = this.refs.get(name);
		if (!ref) {
			ref = { type, id: this.idOf(type, key) };
			if (OFTEN_NAMED.has(type)) this.refs.set(name, ref);
		}
		return ref;
	}

	put(type: string, key: string, fields: Record<string, unknown>): Row {
		const { account, moment } = this;
		const row: Row = {
			id: this.idOf(type, key),
			type,
			created: moment,
			updated: moment,
			updatedBy: this.author,
			externalCode: `ext-${key}`,
			archived: false,
			shared: true,
			group: this.group,
			owner: account.users.named('admin').ref,
			...fields,
		};
		account.table(type).put(row);
		return row;
	}

	good(good: ShopGood): void {
		seedGood(this, good);
	}

	frame(): void {
		this.people();
		this.money();
		this.places();
		this.folders();
		this.partners();
		this.definitions();
		seedDiscounts(this);
	}

	private people(): void {
		const { account, shop } = this;
		account.table('group').put({ id: account.groupId, type: 'group', name: 'Основной', index: 0 });
		for (const user of account.users.all.filter(({ kind }) => kind === 'user')) {
			this.put('employee', user.login, { ...shownName(user.login), id: user.ref.id, uid: user.login });
		}
		for (const { key, name } of shop.employees)
			this.put('employee', key, { name, fullName: name, lastName: name.split(' ')[0] });
		account
			.table('application')
			.put({ id: account.users.named('shop.solution').ref.id, type: 'application', name: 'shop' });
	}

	private money(): void {
		const { account, shop } = this;
		for (const { key, name, iso, code, rate } of shop.currencies) {
			const isDefault = key === 'RUB';
			this.put('currency', key, {
				name: iso,
				fullName: name,
				code,
				isoCode: iso,
				rate,
				multiplicity: 1,
				indirect: false,
				rateUpdateType: 'manual',
				default: isDefault,
				system: isDefault,
			});
		}
		account.defaultCurrency = this.idOf('currency', 'RUB');
		for (const [key, name] of EXPENSES) this.put('expenseitem', key, { name, predefined: true });
		account.priceTypes = shop.priceTypes.map(({ key, name }) => ({
			id: this.idOf('pricetype', key),
			name,
			externalCode: `price-${key}`,
		}));
	}

	private places(): void {
		for (const { key, name } of this.shop.stores) this.put('store', key, { name });
		for (const [name, code] of COUNTRIES) this.put('country', code, { name, code, predefined: true });
		for (const [name, code] of REGIONS) this.put('region', code, { name, code });
		for (const { key, name, code } of this.shop.units)
			this.put('uom', key, { name, ...(code !== undefined && { code }), predefined: code !== undefined });
		this.put('saleschannel', 'site', { name: 'Интернет-магазин', type: 'ECOMMERCE' });
		this.put('saleschannel', 'shop', { name: 'Лавка', type: 'DIRECT_SALES' });
	}

	private folders(): void {
		for (const { key, name, parent } of this.shop.folders) {
			this.put('productfolder', key, {
				name,
				useParentVat: true,
				...(parent !== undefined && { productFolder: this.ref('productfolder', parent) }),
			});
		}
	}

	private partners(): void {
		const { shop } = this;
		for (const { key, name } of shop.counterparties)
			this.put('counterparty', key, {
				name,
				companyType: 'legal',
				tags: ['поставщики'],
				accounts: [],
				contactpersons: [],
				notes: [],
			});
		for (const { key, name } of shop.organizations) {
			this.put('organization', key, {
				name,
				companyType: 'legal',
				inn: '7701234567',
				kpp: '770101001',
				payerVat: true,
				isEgaisEnable: false,
				accounts: [this.bankAccount(key)],
			});
		}
		for (const { key, name } of shop.projects) this.put('project', key, { name });
		const [organization] = shop.organizations;
		const [counterparty] = shop.counterparties;
		for (const { key, name } of organization && counterparty ? shop.contracts : []) {
			this.put('contract', key, {
				name,
				moment: toMinute(this.moment),
				sum: 0,
				contractType: 'Sales',
				ownAgent: this.ref('organization', organization?.key ?? ''),
				agent: this.ref('counterparty', counterparty?.key ?? ''),
			});
		}
	}

	private bankAccount(owner: string): Row {
		return {
			id: this.idOf('account', owner),
			type: 'account',
			isDefault: true,
			accountNumber: '40702810900000000001',
			bankName: 'АО «Банк»',
			bic: '044525000',
			updated: this.moment,
		};
	}

	private definitions(): void {
		const { account, shop } = this;
		for (const { key, name, elements } of shop.dictionaries) {
			account.dictionaries.set(this.idOf('dictionary', key), name);
			for (const element of elements)
				this.put('customentity', element.key, { name: element.name, dictionary: this.idOf('dictionary', key) });
		}
		account.setAttributes(
			'product',
			shop.attributes.map(({ key, name, type, dictionary }) => ({
				id: this.idOf('attribute', key),
				entity: 'product',
				name,
				type,
				required: false,
				show: true,
				...(dictionary !== undefined && { dictionary: this.idOf('dictionary', dictionary) }),
			})),
		);
		for (const { name } of shop.characteristics) account.addCharacteristic(name);
		for (const [entity, states] of Object.entries(STATES)) {
			account.setStates(
				entity,
				states.map(([name, stateType], index) => ({
					id: this.idOf('state', `${entity} ${name}`),
					entity,
					name,
					color: 10_066_329 + index * 4096,
					stateType,
				})),
			);
		}
	}
}

import { Random } from '../../kernel/random.cts';
import type { Catalogs } from '../catalog/furnish.cts';
import type { Customer } from '../orders/customers.cts';
import { putGoods } from '../orders/goods.cts';
import { GOODS } from '../orders/placeOrders.cts';
import { sellableGoods } from '../orders/randomOrder.cts';
import type { Portal } from '../portal.cts';
import { COMPANY, CONTACT, DEAL, ownerKey } from './entities.cts';
import { communicationKey } from './multifields.cts';
import { setRows } from './productRows.cts';
import { randomDeal, type DraftDeal } from './randomDeal.cts';
import { ENTITY_TYPE, type CrmRow } from './rows.cts';
import { addObject, type Author } from './writes.cts';

export interface PlaceDeals {
	count: number;
	/** Default 1. */
	seed?: number;
	/** The deals were made in so many past days; 0 (default) = now. */
	days?: number;
}

/** Presets of requisites by what the customer is. */
const PRESET = { organization: 1, entrepreneur: 2 } as const;

/** Makes random deals with their customers. A portal without goods first gets a few dozen. Returns the deals' ids. */
export function placeDeals(portal: Portal, catalogs: Catalogs, { count, seed = 1, days = 0 }: PlaceDeals): number[] {
	if (portal.edition === 'site') throw new RangeError('A plain site has no CRM');
	if (sellableGoods(portal).all.length === 0) putGoods(portal, catalogs.main, portal.options.seed, GOODS);
	const random = new Random(`deals ${seed}`);
	const goods = sellableGoods(portal);
	return Array.from(
		{ length: count },
		() => placeDeal(portal, random, randomDeal(random, portal, goods), random.integer(0, days * 86_400) * 1000).id,
	);
}

/** Makes one deal, `age` milliseconds ago, with its contact and company, or with those that are there already. */
function placeDeal(portal: Portal, random: Random, draft: DraftDeal, age: number): CrmRow {
	const author: Author = { portal, userId: draft.assignedById, source: 'person', form: 'legacy' };
	const company = draft.customer.kind === 'company' ? findOrAddCompany(author, draft.customer) : undefined;
	const contact = findOrAddContact(author, random, draft, company);
	const deal = addObject(author, DEAL, {
		TITLE: draft.title,
		CATEGORY_ID: draft.categoryId,
		STAGE_ID: draft.stageId,
		SOURCE_ID: draft.sourceId,
		PROBABILITY: draft.probability,
		COMMENTS: draft.comments,
		OPENED: draft.opened,
		COMPANY_ID: company?.id ?? 0,
		CONTACT_IDS: [contact.id],
		...(draft.manualSum !== null && { IS_MANUAL_OPPORTUNITY: 'Y', OPPORTUNITY: draft.manualSum / 100 }),
	});
	setRows(portal, DEAL, deal, draft.rows);
	const moment = deal.createdTime - age;
	return portal.store.deals.update(deal.id, {
		createdTime: moment,
		updatedTime: moment,
		movedTime: moment,
		lastActivityTime: moment,
	});
}

/** By the INN of its requisites. */
function findOrAddCompany(author: Author, { properties }: Customer): CrmRow {
	const { requisites, companies, addresses } = author.portal.store;
	const { INN: inn = '', KPP: kpp = '', COMPANY: title = '', COMPANY_ADR: address = '', EMAIL: email = '' } = properties;
	const known = requisites.where('RQ_INN', inn).find((row) => row.ENTITY_TYPE_ID === ENTITY_TYPE.company);
	const found = known && companies.get(known.ENTITY_ID);
	if (found) return found;
	const company = addObject(author, COMPANY, { TITLE: title, EMAIL: [{ VALUE: `office-${email}`, VALUE_TYPE: 'WORK' }] });
	const isOrganization = inn.length === 10;
	const now = author.portal.now();
	const requisite = requisites.add({
		ENTITY_TYPE_ID: ENTITY_TYPE.company,
		ENTITY_ID: company.id,
		PRESET_ID: isOrganization ? PRESET.organization : PRESET.entrepreneur,
		DATE_CREATE: now,
		DATE_MODIFY: null,
		CREATED_BY_ID: author.userId,
		MODIFY_BY_ID: null,
		NAME: isOrganization ? 'Организация' : 'ИП',
		ACTIVE: 'Y',
		ADDRESS_ONLY: 'N',
		SORT: 500,
		RQ_INN: inn,
		...(kpp !== '' && { RQ_KPP: kpp }),
		RQ_COMPANY_NAME: title,
	});
	author.portal.announce('requisite', 'add', requisite.id, 'person');
	addresses.add({
		owner: ownerKey({ entityTypeId: ENTITY_TYPE.requisite }, requisite.id),
		TYPE_ID: 6,
		ENTITY_TYPE_ID: ENTITY_TYPE.requisite,
		ENTITY_ID: requisite.id,
		ADDRESS_1: address,
		ANCHOR_TYPE_ID: ENTITY_TYPE.company,
		ANCHOR_ID: company.id,
	});
	return company;
}

/** By e-mail; now and then a salesperson does not look, and makes the same customer a second time. */
function findOrAddContact(author: Author, random: Random, { customer, phone }: DraftDeal, company?: CrmRow): CrmRow {
	const { properties } = customer;
	const email = properties.EMAIL ?? '';
	const known = author.portal.store.multifields
		.where('communication', communicationKey('EMAIL', email))
		.map(({ owner }) => owner.split(':').map(Number))
		.find(([kind]) => kind === ENTITY_TYPE.contact);
	const found = author.portal.store.contacts.get(known?.[1] ?? 0);
	if (found && !random.chance(0.08)) return found;
	const [lastName = '', ...names] = (properties.CONTACT_PERSON ?? properties.FIO ?? '').split(' ');
	return addObject(author, CONTACT, {
		NAME: names.join(' '),
		LAST_NAME: lastName,
		PHONE: [{ VALUE: phone, VALUE_TYPE: random.pick(['WORK', 'MOBILE', 'OTHER']) }],
		...(!found && { EMAIL: [{ VALUE: email, VALUE_TYPE: 'WORK' }] }),
		...(company && { COMPANY_ID: company.id }),
	});
}

import type { Portal } from '../portal.cts';
import { startOfDay } from '../wire/dates.cts';
import type { CrmEntity } from './entities.cts';
import { ENTITY_TYPE, type CrmRow } from './rows.cts';
import { defaultCategory, statusesOf } from './statuses.cts';

const WEEK = 7 * 86_400_000;

/** An object as it is made before anything is known about it: responsible is who makes it, the rest is the first of each book. */
export function blankRow(portal: Portal, entity: CrmEntity, userId: number): Omit<CrmRow, 'id'> {
	const now = portal.now();
	const first = (book: string): string | null => statusesOf(portal, book)[0]?.statusId ?? null;
	const { entityTypeId } = entity;
	const isTimed = entityTypeId === ENTITY_TYPE.deal || entityTypeId === ENTITY_TYPE.smartInvoice;
	return {
		title: '',
		createdTime: now,
		updatedTime: now,
		createdBy: userId,
		updatedBy: userId,
		assignedById: userId,
		opened: 'Y',
		lastActivityTime: now,
		lastActivityBy: userId,
		originatorId: null,
		originId: null,
		sourceId: first('SOURCE'),
		categoryId: defaultCategory(portal, entity),
		stageId: '',
		movedBy: userId,
		movedTime: now,
		companyId: 0,
		currencyId: entityTypeId === ENTITY_TYPE.contact ? null : (portal.store.currencies[0]?.code ?? null),
		opportunity: 0,
		isManualOpportunity: 'N',
		taxValue: 0,
		observers: [],
		...(isTimed && { begindate: startOfDay(now), closedate: startOfDay(now) + WEEK }),
		...(isTimed && { isRecurring: 'N' }),
		...(entityTypeId === ENTITY_TYPE.deal && {
			typeId: first('DEAL_TYPE'),
			isReturnCustomer: 'N',
			isRepeatedApproach: 'N',
		}),
		...(entityTypeId === ENTITY_TYPE.lead && { isReturnCustomer: 'N' }),
		...(entityTypeId === ENTITY_TYPE.contact && { typeId: first('CONTACT_TYPE'), export: 'Y' }),
		...(entityTypeId === ENTITY_TYPE.company && {
			typeId: first('COMPANY_TYPE'),
			industry: first('INDUSTRY'),
			employees: first('EMPLOYEES'),
			isMyCompany: 'N',
		}),
	};
}

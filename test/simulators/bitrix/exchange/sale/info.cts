import type { Portal } from '../../portal.cts';
import { element, leaf } from '../xml/writer.cts';

/** The first letter of this name is the Latin C, as the site writes it. */
const STATUSES = 'C\u0442атусы';

const PAYMENT_KINDS: Record<string, string> = { Y: 'Наличная', A: 'Эквайринговая' };

/** Ids of statuses, pay systems and deliveries. */
export function shopInfo({ store }: Portal): string {
	const statuses = store.statuses.all().filter(({ type }) => type === 'O');
	const nameOf = (id: string): string => store.statusLangs.where('statusId', id).find(({ lid }) => lid === 'ru')?.name ?? '';
	const active = <Row extends { ACTIVE: 'Y' | 'N' }>(rows: Row[]): Row[] => rows.filter(({ ACTIVE }) => ACTIVE === 'Y');
	return element(
		'Справочник',
		element(STATUSES, ...statuses.map(({ id }) => entry(id, nameOf(id)))),
		element(
			'ПлатежныеСистемы',
			...active(store.paySystems.all()).map(({ id, NAME, IS_CASH }) =>
				entry(id, NAME, leaf('ТипОплаты', PAYMENT_KINDS[IS_CASH] ?? 'Безналичная')),
			),
		),
		element('СлужбыДоставки', ...active(store.deliveries.all()).map(({ id, NAME }) => entry(id, NAME))),
	);
}

const entry = (id: string | number, name: string, more?: string): string =>
	element('Элемент', leaf('Ид', id), leaf('Название', name), more);

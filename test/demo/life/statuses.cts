/** Which state of MoySklad and which status of the store are the same, in both directions. */
export const STATUS_PAIRS = [
	{ state: 'Новый', status: 'N' },
	{ state: 'Оплачен', status: 'P' },
	{ state: 'Подтверждён', status: 'A' },
	{ state: 'Отгружен', status: 'S' },
	{ state: 'Доставлен', status: 'F' },
	{ state: 'Отменён', status: 'D' },
] as const;

export type State = (typeof STATUS_PAIRS)[number]['state'];

export const CANCELED: State = 'Отменён';

/** A state that an account does not have from the start, but its user makes. */
export const OWN_STATE: State = 'Оплачен';

/** Which state of MoySklad and which status of the store are the same, in both directions. */
export const STATUS_PAIRS = [
	{ state: 'Новый', status: 'N' },
	{ state: 'Подтверждён', status: 'A' },
	{ state: 'Отгружен', status: 'S' },
	{ state: 'Доставлен', status: 'F' },
	{ state: 'Отменён', status: 'D' },
] as const;

export type State = (typeof STATUS_PAIRS)[number]['state'];

export const CANCELED: State = 'Отменён';

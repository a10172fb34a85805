/** Which state of MoySklad stands for which status of the store, both ways. */
export const STATES: Readonly<Record<string, string>> = { Новый: 'N', Подтверждён: 'P', Собран: 'A', Отгружен: 'S', Доставлен: 'F', Возврат: 'D' };

/** A cancelled order, whatever status it had. */
export const CANCELLED = 'Отменён';

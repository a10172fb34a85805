import type { Field } from '../codec/field';

const STATUS = 'Статус';
const WORD = 'Удален';
const MARK = 'ПометкаУдаления';

/** The element by which Bitrix deactivates an object of which the id alone is said. The attribute of the same name counts for nothing. */
export const REMOVED = [STATUS, WORD] as const;

/** The element by which Bitrix deactivates an object that is said with its name. */
export const MARKED = [MARK, 'true'] as const;

interface Removable {
	removed: boolean;
}

/** How files say that an object is removed. These fields write nothing. */
export const removal = <Model extends Removable>(): ReadonlyArray<Field<Model>> => [
	{
		name: STATUS,
		write: () => {},
		read: (element, model, reading) => {
			const word = reading.text(element);
			if (word === WORD) model.removed = true;
			else if (!KEPT.includes(word)) reading.note('COMMERCEML_VALUE_INVALID', element.name, { value: word.slice(0, 100), expected: [WORD, ...KEPT].filter(Boolean).join(', ') });
		},
	},
	{
		name: MARK,
		write: () => {},
		read: (element, model, reading) => {
			if (reading.flag(element)) model.removed = true;
		},
	},
];

/** What else programs say of objects that are still there. */
const KEPT = ['', 'Новый', 'Изменен'];

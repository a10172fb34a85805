/** Which quantities a report shows. */
export const STOCK_MODES = ['all', 'positiveOnly', 'negativeOnly', 'empty', 'nonEmpty', 'underMinimum'] as const;

/** Whether a quantity passes; `minimum` is the good's minimum balance. */
export function stockModeTest(mode: string): (quantity: number, minimum: number) => boolean {
	switch (mode) {
		case 'positiveOnly':
			return (quantity) => quantity > 0;
		case 'negativeOnly':
			return (quantity) => quantity < 0;
		case 'empty':
			return (quantity) => quantity === 0;
		case 'nonEmpty':
			return (quantity) => quantity !== 0;
		case 'underMinimum':
			return (quantity, minimum) => quantity < minimum;
		default:
			return () => true;
	}
}

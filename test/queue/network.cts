import type { Random } from '../simulators/kernel/random.cts';

/** Of a hundred notifications, how many lose no, one, two or three of their answers. MoySklad sends four times at most. */
const LOSSES = [60, 20, 10, 10];

/** A network that loses answers on their way to MoySklad, so that what n8n has stored is told again. */
export function losingAnswers(random: Random): (url: string) => boolean {
	const left = new Map<string, number>();
	return (url) => {
		const requestId = new URL(url, 'http://balancer').searchParams.get('requestId');
		if (requestId === null) return false;
		const losses = left.get(requestId) ?? lossesOf(random);
		left.set(requestId, losses - 1);
		return losses > 0;
	};
}

function lossesOf(random: Random): number {
	let place = random.integer(0, 99);
	return LOSSES.findIndex((share) => (place -= share) < 0);
}

export interface Guard {
	trap: string;
	guard: string;
	file: string;
	text: string;
	broken: string;
	test: string;
	name: string;
}

export function readTable(): Guard[];
export function faultOf(guard: Guard): string | undefined;
export function literally(text: string): string;

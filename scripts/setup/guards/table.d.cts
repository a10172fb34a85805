export interface Guard {
	trap: string;
	guard: string;
	file: string;
	text: string;
	broken: string;
	test: string;
	name: string;
}

export declare function readTable(): Guard[];
export declare function faultOf(guard: Guard): string | undefined;
export declare function literally(text: string): string;

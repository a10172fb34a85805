export interface Scaffold {
	/** Why nothing can be made. */
	fault?: string;
	/** By path below the repository. */
	files?: Record<string, string>;
	/** What is left to a person. */
	next?: string[];
}

export function entityFiles(keyword: string, read: (file: string) => string | undefined): Scaffold;
export function templateFiles(name: string, read: (file: string) => string | undefined): Scaffold;

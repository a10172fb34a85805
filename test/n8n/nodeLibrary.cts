import { LazyPackageDirectoryLoader, UnrecognizedNodeTypeError, type PackageDirectoryLoader } from 'n8n-core';
import {
	NodeHelpers,
	type ICredentialType,
	type INodeType,
	type INodeTypeDescription,
	type INodeTypes,
	type IVersionedNodeType,
} from 'n8n-workflow';

/** The nodes and credentials of some packages, loaded by n8n's own loader. */
export class NodeLibrary implements INodeTypes {
	private constructor(private readonly loaders: Map<string, PackageDirectoryLoader>) {}

	/** @param folders of built packages: each has a package.json with an `n8n` block */
	static async load(folders: string[]): Promise<NodeLibrary> {
		const loaders = new Map<string, PackageDirectoryLoader>();
		for (const folder of folders) {
			const loader = new LazyPackageDirectoryLoader(folder);
			await loader.loadAll();
			loaders.set(loader.packageName, loader);
		}
		return new NodeLibrary(loaders);
	}

	/** Whether the type, such as `n8n-nodes-base.set`, is in one of the packages. */
	has(type: string): boolean {
		const [packageName, name] = partsOf(type);
		return name in (this.loaders.get(packageName)?.known.nodes ?? {});
	}

	/** The full names of all node types. */
	types(): string[] {
		return [...this.loaders].flatMap(([packageName, loader]) =>
			Object.keys(loader.known.nodes).map((name) => `${packageName}.${name}`),
		);
	}

	getByName(type: string): INodeType | IVersionedNodeType {
		const [packageName, name] = partsOf(type);
		const loader = this.loaders.get(packageName);
		if (!loader) throw new UnrecognizedNodeTypeError(packageName, name);
		return loader.getNode(name).type;
	}

	getByNameAndVersion(type: string, version?: number): INodeType {
		return NodeHelpers.getVersionedNodeType(this.getByName(type), version);
	}

	/**
	 * The description of a type in a version, the newest one when there is no such version: from the list that a package is built
	 * with where it has one, so that the node's own code need not be loaded. Jest cannot load all of it.
	 */
	description(type: string, version?: number): INodeTypeDescription {
		const [packageName, name] = partsOf(type);
		const listed = this.loaders.get(packageName)?.types.nodes.filter((node) => node.name === name) ?? [];
		const found = listed.find((node) => [node.version].flat().includes(version ?? NaN)) ?? listed[0];
		return found ?? this.getByNameAndVersion(type, version).description;
	}

	getKnownTypes(): Record<string, never> {
		return {};
	}

	/** @throws Error when no package has the credential type */
	credentialType(name: string): ICredentialType {
		for (const loader of this.loaders.values())
			if (name in loader.known.credentials) return loader.getCredential(name).type;
		throw new Error(
			`No loaded package has the credential type "${name}". Loaded: ${[...this.loaders.keys()].join(', ')}`,
		);
	}

	/** The types that a credential type extends, near ones first. A type of a package that is not loaded is named only. */
	parentTypes(name: string): string[] {
		const known = [...this.loaders.values()].find((loader) => name in loader.known.credentials);
		const parents = known?.getCredential(name).type.extends ?? [];
		return [...parents, ...parents.flatMap((parent) => this.parentTypes(parent))];
	}
}

function partsOf(type: string): [packageName: string, name: string] {
	const dot = type.lastIndexOf('.');
	return [type.slice(0, dot), type.slice(dot + 1)];
}

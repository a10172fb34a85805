import { allOperations } from './entityResource';

export const productFolder = allOperations({
	value: 'productFolder',
	entity: 'productfolder',
	name: 'Product Folder',
	plural: 'product folders',
	includes: ['productFolder'],
});

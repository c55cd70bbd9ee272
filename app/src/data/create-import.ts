import { audit } from '../access/audit.ts';
import type { Member } from '../services.ts';
import type { DataTransact } from './ports.ts';

export type CreateImportDeps = { readonly transact: DataTransact; readonly newId: () => string };
export type CreateImportCommand = {
  readonly name: string;
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
};

/** Registers an import that waits for `executeImport`. Returns its id. */
export async function createImport(
  deps: CreateImportDeps,
  member: Member,
  command: CreateImportCommand,
): Promise<string> {
  const id = deps.newId();
  return deps.transact(async (tx) => {
    await tx.imports.insert({
      id,
      companyId: member.companyId,
      name: command.name,
      createdBy: member.userId,
      createdByName: member.name,
      files: command.files,
    });
    await audit(tx, member, {
      action: 'import.create',
      objectType: 'import',
      objectId: id,
      after: { name: command.name, files: command.files.map((file) => file.name) },
    });
    await tx.announceImport(member.companyId, id);
    return id;
  });
}

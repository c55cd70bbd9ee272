export { auditTrail } from './audit-repository.ts';
export { dataPorts } from './data-ports.ts';
export { announce, type Change, type ChangeListener } from './changes.ts';
export { FolderInUseError, type FolderLock, type LockHolder, lockFolder } from './folder-lock.ts';
export { ChangedMigrationError, NewerDatabaseError } from './migrate.ts';
export { type DatabaseOptions, type Db, openDatabase, type Tx } from './open-database.ts';
export type { Database } from './schema.ts';
export type { Session, SqlResult } from './session.ts';

export { accessPorts } from './access-ports.ts';
export { auditTrail } from './audit-repository.ts';
export { type Backup, type BackupOptions, fsyncedBackup } from './backup.ts';
export { cyclePorts } from './cycle-ports.ts';
export { driverPorts } from './driver-ports.ts';
export { orderBookReader } from './order-book-reader.ts';
export { dataPorts } from './data-ports.ts';
export { announce, type Change, type ChangeListener } from './changes.ts';
export { FolderInUseError, type FolderLock, type LockHolder, lockFolder } from './folder-lock.ts';
export { ChangedMigrationError, NewerDatabaseError } from './migrate.ts';
export { type DatabaseOptions, type Db, openDatabase, type Tx } from './open-database.ts';
export { readConsistently } from './plan-freeze.ts';
export {
  type JobsInTransaction,
  publishRun,
  runRegister,
  scenarioTransact,
  snapshotStore,
} from './plan-register.ts';
export { runWork } from './plan-work.ts';
export type { Database } from './schema.ts';
export type { Session, SqlResult } from './session.ts';
export { companyFactsReader } from './company-facts.ts';
export { createPlanReader } from './plan-reader.ts';
export { supplyPlanReads } from './supply-plan-reads.ts';
export { optimumRows, optimumTransact } from './optimum-ports.ts';
export { policyReads } from './policy-reads.ts';
export { supplyPorts } from './supply-ports.ts';

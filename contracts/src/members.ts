import { z } from 'zod';
import { AddMemberBody, AuditEvent, ChangeMemberBody, Member } from './access.ts';
import { CompanyParams, endpoint, PageQuery, pageOf } from './endpoint.ts';

export const memberEndpoints = {
  listMembers: endpoint({
    method: 'GET',
    path: '/companies/:company/members',
    summary: 'The people of the company and their roles',
    access: 'users.manage',
    query: PageQuery,
    response: pageOf(Member),
  }),
  addMember: endpoint({
    method: 'POST',
    path: '/companies/:company/members',
    summary: 'Add a person, with a first password to hand over',
    access: 'users.manage',
    body: AddMemberBody,
    response: Member,
    status: 201,
  }),
  changeMember: endpoint({
    method: 'PATCH',
    path: '/companies/:company/members/:userId',
    summary: 'Change a role, or shut a person out',
    access: 'users.manage',
    params: CompanyParams.extend({ userId: z.string().min(1).max(100) }),
    body: ChangeMemberBody,
    response: Member,
  }),
  listAudit: endpoint({
    method: 'GET',
    path: '/companies/:company/audit',
    summary: 'Who changed what and when, newest first',
    access: 'audit.read',
    query: PageQuery.extend({ action: z.string().max(60).optional() }),
    response: pageOf(AuditEvent),
  }),
};

import { z } from 'zod';
import { Me } from './access.ts';
import { CompanyParams, endpoint, NoFields } from './endpoint.ts';

export const CalendarKindName = z.enum(['month', 'iso-week', '445']);
const Day = z.iso.date();
const Country = z.string().regex(/^[A-Z]{2}$/);

/** The goal that every plan is held against. */
export const NorthStar = z.object({
  measure: z.enum(['revenue', 'margin']),
  fiscalYear: z.number().int(),
  amount: z.number().positive(),
});

export const Company = z.object({
  slug: z.string(),
  name: z.string(),
  currency: z.string().length(3),
  calendarKind: CalendarKindName,
  fiscalYearStartMonth: z.number().int().min(1).max(12),
  /** Planning date; null means the day after the newest sales order. */
  asOf: Day.nullable(),
  northStar: NorthStar.nullable(),
  /** Whether a run holds numbers of the published plan that differ from it by no more than noise. */
  isSteady: z.boolean(),
  /** ISO 3166-1 code: its working days and feasts hold at locations that do not say theirs. */
  country: Country.nullable(),
  isDemo: z.boolean(),
});
export type Company = z.infer<typeof Company>;

/** What the header and the home screen show of a company at once. */
export const CompanyOverview = z.object({
  company: Company,
  /** The planning date in force, whether set or derived; null while there is no data. */
  asOf: Day.nullable(),
  scenario: z.object({ id: z.string(), name: z.string() }),
  publishedRunId: z.string().nullable(),
  publishedAt: z.string().nullable(),
  currentCycleId: z.string().nullable(),
  currentCycleName: z.string().nullable(),
});
export type CompanyOverview = z.infer<typeof CompanyOverview>;

export const CreateCompanyBody = z.strictObject({
  slug: CompanyParams.shape.company,
  name: z.string().trim().min(1).max(120),
  currency: z.string().regex(/^[A-Z]{3}$/),
  calendarKind: CalendarKindName.default('month'),
  fiscalYearStartMonth: z.number().int().min(1).max(12).default(1),
});
export const ChangeCompanyBody = z.strictObject({
  name: z.string().trim().min(1).max(120).optional(),
  calendarKind: CalendarKindName.optional(),
  fiscalYearStartMonth: z.number().int().min(1).max(12).optional(),
  asOf: Day.nullable().optional(),
  northStar: NorthStar.nullable().optional(),
  isSteady: z.boolean().optional(),
  country: Country.nullable().optional(),
});

export const companyEndpoints = {
  getMe: endpoint({
    method: 'GET',
    path: '/me',
    summary: 'Who is signed in, and what they may do',
    access: 'signed-in',
    params: NoFields,
    response: Me,
  }),
  createCompany: endpoint({
    method: 'POST',
    path: '/companies',
    summary: 'Create an empty company, with the caller as its administrator',
    access: 'signed-in',
    params: NoFields,
    body: CreateCompanyBody,
    response: Company,
    status: 201,
  }),
  getCompany: endpoint({
    method: 'GET',
    path: '/companies/:company',
    summary: 'The company, its planning date, plan and cycle',
    access: 'company.read',
    response: CompanyOverview,
  }),
  changeCompany: endpoint({
    method: 'PATCH',
    path: '/companies/:company',
    summary: 'Change the settings of the company',
    access: 'company.manage',
    body: ChangeCompanyBody,
    response: Company,
  }),
  search: endpoint({
    method: 'GET',
    path: '/companies/:company/search',
    summary: 'Find items, accounts, locations, suppliers and resources by code or name',
    access: 'data.read',
    query: z.strictObject({
      q: z.string().trim().min(1).max(100),
      limit: z.coerce.number().int().min(1).max(50).default(12),
    }),
    response: z.object({
      hits: z.array(
        z.object({
          kind: z.enum(['item', 'item_group', 'location', 'account', 'supplier', 'resource']),
          code: z.string(),
          name: z.string(),
        }),
      ),
    }),
  }),
};

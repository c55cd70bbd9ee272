import type { QualityCode } from '@planwright/app';

/** Today as the company's data sees it: its planning date, else the day of its newest order. */
const AS_OF = `(select coalesce(c.as_of, (select max(ordered_on) from sales_order_line where company_id = $1))
  from company c where c.id = $1)`;

/** Items with an order line in the last two years. */
const SOLD = `(select distinct item from sales_order_line
  where company_id = $1 and ordered_on > ${AS_OF} - 730)`;

const HAS_SUPPLIER = 'exists (select 1 from item_supplier s where s.company_id = $1 and s.item = i.code)';
const HAS_BOM = 'exists (select 1 from bom_row b where b.company_id = $1 and b.parent = i.code)';
const HAS_ROUTING = 'exists (select 1 from routing_step r where r.company_id = $1 and r.item = i.code)';
const NAMED = `i.code || ' ' || i.name`;

/** Each gives one row, named `example`, for every case found. `$1` is the company. */
export const QUALITY_SQL: Readonly<Record<QualityCode, string>> = {
  'order-before-launch': `select l.item || ' on ' || l.ordered_on || ', order ' || l."order" as example
    from sales_order_line l join item i on i.company_id = $1 and i.code = l.item
    where l.company_id = $1 and l.ordered_on < i.active_from`,

  'line-without-amount': `select 'Order ' || "order" || ', line ' || line as example
    from sales_order_line where company_id = $1 and quantity <> 0 and net_amount is null`,

  'demand-without-source': `select ${NAMED} as example from item i
    where i.company_id = $1 and i.code in ${SOLD} and not ${HAS_SUPPLIER} and not ${HAS_BOM} and not ${HAS_ROUTING}`,

  'stock-of-inactive-item': `select h.item || ' at ' || h.location || ': ' || h.quantity as example
    from on_hand h join item i on i.company_id = $1 and i.code = h.item
    where h.company_id = $1 and h.quantity > 0 and i.active_to < ${AS_OF}`,

  'history-gap': `select to_char(m.month, 'YYYY-MM') as example
    from (select min(ordered_on) as first_day, max(ordered_on) as last_day
          from sales_order_line where company_id = $1) range
      cross join lateral generate_series(date_trunc('month', range.first_day), range.last_day, interval '1 month') m (month)
    where not exists (select 1 from sales_order_line l where l.company_id = $1
      and l.ordered_on >= m.month::date and l.ordered_on < (m.month + interval '1 month')::date)`,

  'duplicate-account': `select min(name) || ' (' || string_agg(code, ', ' order by code) || ')' as example
    from account where company_id = $1
    group by lower(regexp_replace(name, '[^[:alnum:]]+', '', 'g')), coalesce(country, ''), coalesce(postal_code, city, '')
    having count(*) > 1`,

  // 0.6745 makes the median absolute deviation of a normal distribution its standard deviation (Iglewicz and Hoaglin 1993).
  'quantity-outlier': `with recent as (
      select item, "order", line, quantity from sales_order_line
      where company_id = $1 and quantity > 0 and ordered_on > ${AS_OF} - 730
    ), middle as (
      select item, percentile_cont(0.5) within group (order by quantity) as median
      from recent group by item having count(*) >= 12
    ), spread as (
      select r.item, m.median, percentile_cont(0.5) within group (order by abs(r.quantity - m.median)) as mad
      from recent r join middle m using (item) group by r.item, m.median
    )
    select r.item || ': ' || r.quantity || ' against a usual ' || s.median || ', order ' || r."order" as example
    from recent r join spread s using (item)
    where s.mad > 0 and 0.6745 * abs(r.quantity - s.median) / s.mad > 8`,

  'assembly-that-is-bought': `select ${NAMED} as example from item i
    where i.company_id = $1 and i.source = 'buy' and ${HAS_BOM}`,

  'made-without-routing': `select ${NAMED} as example from item i
    where i.company_id = $1 and i.source = 'make' and not ${HAS_ROUTING}`,

  'negative-stock': `select item || ' at ' || location || ': ' || quantity as example
    from on_hand where company_id = $1 and quantity < 0`,

  'sold-without-cost': `select ${NAMED} as example from item i
    where i.company_id = $1 and i.code in ${SOLD} and coalesce(i.standard_cost, 0) = 0 and not ${HAS_BOM}
      and not exists (select 1 from item_supplier s where s.company_id = $1 and s.item = i.code and s.price > 0)`,

  'sold-without-price': `select ${NAMED} as example from item i
    where i.company_id = $1 and i.code in ${SOLD} and coalesce(i.list_price, 0) = 0
      and not exists (select 1 from sales_order_line l where l.company_id = $1 and l.item = i.code and l.net_amount <> 0)`,

  'component-without-source': `select ${NAMED} as example from item i
    where i.company_id = $1 and not ${HAS_SUPPLIER} and not ${HAS_BOM} and not ${HAS_ROUTING}
      and exists (select 1 from bom_row b where b.company_id = $1 and b.component = i.code)`,

  'overdue-order': `select "order" || ', line ' || line || ', due ' || due_on as example
    from purchase_order_line where company_id = $1 and status = 'open' and due_on < ${AS_OF} - 365`,
};

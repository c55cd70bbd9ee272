/**
 * A city where customers are. `weight` is about the people of its area in units of 100,000.
 * Customers are spread up to `reachKm` around the centre; where water or a border is near, only towards
 * `inland` (a compass bearing), so that no customer stands in a lake or abroad.
 */
export type City = {
  readonly name: string;
  readonly state: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly weight: number;
  /** First three digits of its postal codes. */
  readonly postalPrefix: string;
  readonly inland: number | null;
  readonly reachKm: number;
};

const REACH_KM = 20;

// name, state, latitude, longitude, weight, postal prefix [, inland bearing [, reach in km]]
const TABLE = `
Birmingham,AL,33.52,-86.80,11,352
Montgomery,AL,32.37,-86.30,4,361
Mobile,AL,30.69,-88.15,4,366,300
Huntsville,AL,34.73,-86.59,5,358
Phoenix,AZ,33.45,-112.07,48,850
Tucson,AZ,32.22,-110.97,10,857
Flagstaff,AZ,35.20,-111.65,1,860
Little Rock,AR,34.75,-92.29,7,722
Fayetteville,AR,36.08,-94.17,5,727
Los Angeles,CA,34.05,-118.24,95,900,60
San Diego,CA,32.83,-117.13,30,921,45
San Jose,CA,37.34,-121.89,19,951,135
Concord,CA,37.97,-122.03,24,945,130
Sacramento,CA,38.58,-121.49,23,958
Fresno,CA,36.74,-119.79,10,937
Bakersfield,CA,35.37,-119.02,9,933
Riverside,CA,33.95,-117.40,42,925
Stockton,CA,37.96,-121.29,8,952
Redding,CA,40.59,-122.39,2,960
Santa Rosa,CA,38.44,-122.71,5,954,45
Denver,CO,39.74,-104.99,29,802
Colorado Springs,CO,38.83,-104.82,7,809
Grand Junction,CO,39.06,-108.55,2,815
Fort Collins,CO,40.59,-105.08,4,805
Hartford,CT,41.76,-72.69,12,061
New Haven,CT,41.33,-72.93,8,065,0
Wilmington,DE,39.75,-75.57,6,198,300
Dover,DE,39.16,-75.54,2,199,270
Washington,DC,38.91,-77.02,40,200,300
Jacksonville,FL,30.33,-81.68,16,322,270
Miami,FL,25.80,-80.30,50,331,280,12
Orlando,FL,28.54,-81.38,27,328
Tampa,FL,27.98,-82.42,31,336,60
Tallahassee,FL,30.44,-84.28,4,323,0
Fort Myers,FL,26.62,-81.80,8,339,60
Pensacola,FL,30.49,-87.24,5,325,0
Atlanta,GA,33.75,-84.39,61,303
Savannah,GA,32.06,-81.14,4,314,285
Augusta,GA,33.47,-81.98,6,309
Macon,GA,32.84,-83.63,2,312
Columbus,GA,32.48,-84.97,3,319
Boise,ID,43.62,-116.20,8,837
Idaho Falls,ID,43.49,-112.03,2,834
Chicago,IL,41.85,-87.73,90,606,260
Rockford,IL,42.27,-89.09,3,611
Peoria,IL,40.69,-89.59,4,616
Springfield,IL,39.80,-89.65,2,627
Champaign,IL,40.12,-88.24,2,618
Indianapolis,IN,39.77,-86.16,21,462
Fort Wayne,IN,41.08,-85.14,4,468
Evansville,IN,37.98,-87.56,3,477
South Bend,IN,41.68,-86.25,3,466,180
Des Moines,IA,41.59,-93.62,7,503
Cedar Rapids,IA,41.98,-91.67,3,524
Davenport,IA,41.53,-90.58,4,528
Sioux City,IA,42.50,-96.40,2,511
Wichita,KS,37.69,-97.34,6,672
Topeka,KS,39.05,-95.68,2,666
Louisville,KY,38.25,-85.76,13,402
Lexington,KY,38.04,-84.50,5,405
Bowling Green,KY,36.99,-86.44,2,421
Baton Rouge,LA,30.45,-91.15,9,708
Lafayette,LA,30.22,-92.02,5,705,0
Shreveport,LA,32.52,-93.75,4,711
Portland,ME,43.67,-70.30,5,041,300
Bangor,ME,44.80,-68.78,2,044,330
Baltimore,MD,39.31,-76.65,28,212,310
Frederick,MD,39.41,-77.41,3,217
Boston,MA,42.36,-71.12,49,021,270
Worcester,MA,42.26,-71.80,9,016
Springfield,MA,42.10,-72.59,7,011
Detroit,MI,42.39,-83.15,43,482,300
Grand Rapids,MI,42.96,-85.67,11,495
Lansing,MI,42.73,-84.56,5,489
Flint,MI,43.01,-83.69,4,485
Kalamazoo,MI,42.29,-85.59,3,490
Traverse City,MI,44.72,-85.60,2,496,190
Minneapolis,MN,44.98,-93.27,37,554
Duluth,MN,46.80,-92.16,3,558,280
Rochester,MN,44.02,-92.47,2,559
Saint Cloud,MN,45.56,-94.17,2,563
Jackson,MS,32.30,-90.18,6,392
Hattiesburg,MS,31.33,-89.29,2,394
Tupelo,MS,34.26,-88.70,2,388
Saint Louis,MO,38.63,-90.25,28,631
Kansas City,MO,39.10,-94.57,22,641
Springfield,MO,37.21,-93.29,5,658
Columbia,MO,38.95,-92.33,2,652
Billings,MT,45.78,-108.50,2,591
Missoula,MT,46.87,-114.00,1,598
Great Falls,MT,47.50,-111.30,1,594
Omaha,NE,41.26,-95.99,10,681
Lincoln,NE,40.81,-96.68,3,685
Grand Island,NE,40.92,-98.34,1,688
Las Vegas,NV,36.17,-115.14,23,891
Reno,NV,39.53,-119.81,5,895
Manchester,NH,42.99,-71.46,5,031
Newark,NJ,40.75,-74.22,30,071,290
Trenton,NJ,40.22,-74.76,8,086
Albuquerque,NM,35.09,-106.65,9,871
Las Cruces,NM,32.34,-106.77,2,880,0
Santa Fe,NM,35.69,-105.94,2,875
White Plains,NY,41.04,-73.76,22,106,0
Brooklyn,NY,40.66,-73.94,28,112,0,4
Hempstead,NY,40.73,-73.61,25,115,90,8
Albany,NY,42.65,-73.76,9,122
Buffalo,NY,42.89,-78.83,11,142,120
Rochester,NY,43.14,-77.61,11,146,180
Syracuse,NY,43.05,-76.15,7,132,150
Binghamton,NY,42.10,-75.91,2,139
Charlotte,NC,35.23,-80.84,27,282
Raleigh,NC,35.78,-78.64,20,276
Greensboro,NC,36.07,-79.79,11,274
Wilmington,NC,34.24,-77.95,4,284,320
Asheville,NC,35.60,-82.55,4,288
Fargo,ND,46.88,-96.79,2,581
Bismarck,ND,46.81,-100.78,1,585
Columbus,OH,39.96,-83.00,21,432
Cleveland,OH,41.47,-81.69,21,441,180
Cincinnati,OH,39.10,-84.51,22,452
Toledo,OH,41.65,-83.58,6,436,225
Akron,OH,41.08,-81.52,11,443
Dayton,OH,39.76,-84.19,8,454
Oklahoma City,OK,35.47,-97.52,14,731
Tulsa,OK,36.15,-95.99,10,741
Portland,OR,45.52,-122.68,25,972
Eugene,OR,44.05,-123.09,4,974
Medford,OR,42.33,-122.87,2,975
Bend,OR,44.06,-121.31,2,977
Philadelphia,PA,39.97,-75.18,55,191,300
Pittsburgh,PA,40.44,-79.99,24,152
Harrisburg,PA,40.27,-76.88,6,171
Allentown,PA,40.60,-75.48,9,181
Erie,PA,42.09,-80.07,3,165,170
Scranton,PA,41.41,-75.66,6,185
Providence,RI,41.83,-71.44,16,029,300
Charleston,SC,32.88,-80.04,8,294,315
Columbia,SC,34.00,-81.03,8,292
Greenville,SC,34.85,-82.40,9,296
Sioux Falls,SD,43.55,-96.73,3,571
Rapid City,SD,44.08,-103.23,1,577
Nashville,TN,36.16,-86.78,20,372
Memphis,TN,35.13,-89.97,13,381
Knoxville,TN,35.96,-83.92,9,379
Chattanooga,TN,35.05,-85.31,6,374
Houston,TX,29.76,-95.40,71,770,320
Dallas,TX,32.78,-96.80,50,752
Fort Worth,TX,32.75,-97.33,26,761
San Antonio,TX,29.42,-98.49,26,782
Austin,TX,30.27,-97.74,23,787
El Paso,TX,31.87,-106.42,9,799,20,10
Lubbock,TX,33.58,-101.86,3,794
Corpus Christi,TX,27.78,-97.50,4,784,290
McAllen,TX,26.25,-98.23,9,785,0
Tyler,TX,32.35,-95.30,2,757
Waco,TX,31.55,-97.15,3,767
Amarillo,TX,35.20,-101.83,3,791
Salt Lake City,UT,40.70,-111.89,13,841,180
Provo,UT,40.25,-111.64,7,846,120
Saint George,UT,37.10,-113.57,2,847
Burlington,VT,44.47,-73.18,2,054,100
Richmond,VA,37.54,-77.44,13,232
Roanoke,VA,37.27,-79.94,3,240
Chesapeake,VA,36.74,-76.30,17,233,240,8
Kent,WA,47.38,-122.22,40,980,100
Spokane,WA,47.66,-117.42,6,992
Yakima,WA,46.60,-120.51,3,989
Charleston,WV,38.35,-81.63,2,253
Morgantown,WV,39.63,-79.96,1,265
Milwaukee,WI,43.04,-87.98,16,532,270
Madison,WI,43.06,-89.42,7,537
Green Bay,WI,44.51,-88.04,3,543,225
Eau Claire,WI,44.81,-91.50,2,547
Cheyenne,WY,41.14,-104.82,1,820
Casper,WY,42.85,-106.32,1,826
`;

function cityOf(line: string): City {
  const [name, state, latitude, longitude, weight, postalPrefix, inland, reachKm] = line.split(',');
  return {
    name,
    state,
    latitude: Number(latitude),
    longitude: Number(longitude),
    weight: Number(weight),
    postalPrefix,
    inland: inland === undefined ? null : Number(inland),
    reachKm: reachKm === undefined ? REACH_KM : Number(reachKm),
  };
}

export const CITIES: readonly City[] = TABLE.trim().split('\n').map(cityOf);

const KM_PER_DEGREE = 111.2;

/** Great-circle distance in km between two places (haversine). */
export function distanceKm(
  a: { readonly latitude: number; readonly longitude: number },
  b: { readonly latitude: number; readonly longitude: number },
): number {
  const radians = Math.PI / 180;
  const sinLatitude = Math.sin(((b.latitude - a.latitude) * radians) / 2);
  const sinLongitude = Math.sin(((b.longitude - a.longitude) * radians) / 2);
  const h =
    sinLatitude ** 2 + Math.cos(a.latitude * radians) * Math.cos(b.latitude * radians) * sinLongitude ** 2;
  return 2 * 6371 * Math.asin(Math.sqrt(h));
}

/** The place `km` from a city in a compass bearing. Flat-earth arithmetic is good to metres over 20 km. */
export function placeNear(city: City, km: number, bearing: number): { latitude: number; longitude: number } {
  const radians = (bearing * Math.PI) / 180;
  const north = (km * Math.cos(radians)) / KM_PER_DEGREE;
  const east = (km * Math.sin(radians)) / (KM_PER_DEGREE * Math.cos((city.latitude * Math.PI) / 180));
  return { latitude: city.latitude + north, longitude: city.longitude + east };
}

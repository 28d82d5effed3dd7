"""The sixty made-up organisations of the sign-on letter."""

from __future__ import annotations

_SIGNATORIES = """
Alameda Creek Tenants Union; Rosa Ledesma; Fremont, CA
Almaden Friends Meeting; Peter Hollis; San Jose, CA
Arlington Parents for Trust; Beth Okun; Arlington, VA
Asian Elders of the Peninsula; Mei-Ling Chau; Redwood City, CA
Bay Counties Civil Liberties Coalition; Julio Benavides; Oakland, CA
Blue Ridge Legal Aid Volunteers; Harriet Stowe; Harrisonburg, VA
Border Towns Health Promoters; Alma Quiroz; Las Cruces, NM
Bread and Table Ministry; Deacon Ray Fultz; Stockton, CA
Casa del Arroyo Shelter; Teresa Maldonado; Gilroy, CA
Central Valley Farmworker School; Ignacio Rentería; Visalia, CA
Chesapeake Day Labor Center; Omar Villatoro; Langley Park, MD
Coastal Nurses Local 88; Shirley Abbott; Monterey, CA
Columbia Pike Neighbors; Walter Enright; Arlington, VA
Community Defenders of Cook County; Anne Marczak; Chicago, IL
Copper State Rights Desk; Daniel Yazzie; Tucson, AZ
Daughters of San Martín; Sr. Inés Cordero; San Martin, CA
Delta Refugee Welcome; Somchai Vong; Stockton, CA
Door Open Housing Cooperative; Laila Haddad; Oakland, CA
East Valley Bus Riders; Curtis Lamb; San Jose, CA
El Pregonero del Sur (newspaper); Nilda Fuentes; San Jose, CA
Evergreen Youth Orchestra; Jonas Pell; San Jose, CA
Families of the Fields; Refugio Olmos; Salinas, CA
First Congregational Sanctuary Committee; Ruth Ann Doyle; Palo Alto, CA
Garment Workers Evening School; Yuet-Wah Lam; San Francisco, CA
Great Lakes Interpreters Guild; Ewa Nowak; Milwaukee, WI
Guadalupe River Clinic; Dr. Samir Nath; San Jose, CA
Harbor Street Law Clinic; Miriam Halloran; Oakland, CA
Haitian Mothers' Circle; Marie-Ange Toussaint; Brockton, MA
Hill Country Justice Table; Lupe Cantú; Austin, TX
Hudson Valley Kitchen Workers; Tomás Arce; Newburgh, NY
Interfaith Table of the South Bay; Rev. Dolores Whitcomb; San Jose, CA
Jornaleros de la Calle Mission; Efraín Soto; San Francisco, CA
Justice at the Counter; Gwen Pruett; Sacramento, CA
Korean Grocers Relief Fund; Han Joon-ho; Annandale, VA
Lake County Reading Circle; Opal Jensen; Waukegan, IL
Lawyers Walking Home; Simon Achebe; New York, NY
Letters from Detention Project; Clare Dunne; Eloy, AZ
Lowland Dairy Workers; Hugo Barrios; Twin Falls, ID
Merrimack Legal Observers; Judith Frame; Lowell, MA
Milwaukee Avenue Merchants; Stan Kowalczyk; Chicago, IL
Mountain View Day Worker Hall; Marisol Tejeda; Mountain View, CA
Neighbors at the Gate; Carol Whitmore; Alexandria, VA
New River Quaker Outreach; Josiah Penn; Blacksburg, VA
Northern Plains Rights Watch; Lena Iron Cloud; Sioux Falls, SD
Oficina de Ayuda San Isidro; Benito Carranza; Laredo, TX
Open Books Prison Library; Dee Washington; Baltimore, MD
Pacific Domestic Workers League; Luz Evangelista; Daly City, CA
Padres y Madres de Elmwood; Rogelio Pineda; Milpitas, CA
Pine Barrens Legal Service; Arthur Cobb; Vineland, NJ
Public Records Volunteers; Naomi Fisk; Washington, DC
Rapid Response Phone Tree; Ximena Ruiz; Watsonville, CA
Sacramento Delta Women's Refuge; Joy Petersen; Sacramento, CA
Second Chance Bakery; Lou Ferrante; Providence, RI
South County Promotoras; Blanca Nevárez; Morgan Hill, CA
Students for a Fair Stop; Amir Rahimi; Berkeley, CA
Support Network for Battered Women; Katherine Voss; Mountain View, CA
Tamien Street Vendors; Socorro Vela; San Jose, CA
Tidewater Seafarers' House; Capt. Nils Aker; Norfolk, VA
United Gardeners of the Valley; Chuy Mendoza; Sunnyvale, CA
Witness for Neighbors; Edith Brandt; Takoma Park, MD
"""


def signatory_rows() -> str:
    """A table row a signatory: number, organisation, who signed, where."""
    lines = _SIGNATORIES.strip().split("\n")
    rows = [f"| {number} | {line.replace(';', ' |')} |" for number, line in enumerate(lines, 1)]
    return "\n".join(["|= 7 46 25 22", "|  | **Organization** | **Signed by** | **Place** |", *rows])

"""Report texts of the export tests: outlets, groups, persons and events are all invented, places are real."""

CALI_COURIER = """Market blast in Cali kills at least 31

CALI, 15 May 1987 - A bomb hidden in a fruit cart tore through the Alameda market in Cali on Thursday, 14 May 1987, \
killing at least \
31 people and injuring more than 100, the Andes Wire agency reported, quoting police commander Octavio Benz.

Benz said that the People's Torch Front, a small armed group, had placed the device. "They wanted a crowd," he told the \
agency. The group \
has not commented. Among the dead was Lucía Marbán, a schoolteacher.

According to the San Rafael hospital, 39 people died, several of them in the night that followed.

Support independent reporting. Subscribe to the Courier for two pesos a week."""

CALI_GAZETTE = """Doctors count 39 dead after Cali bombing

Surgeons at the San Rafael hospital in Cali said on Saturday that 39 people were killed when a bomb exploded at the \
Alameda market. The \
hospital dated the blast to the early hours of May 15. Police put the toll at 31.

Two men suspected of having built the device, Ramiro Achury and Efraín Solano, were arrested on 20 May 1987 by the Cali \
police."""

CALI_TRIAL = """Thirty years for market bomber

A court in Bogotá sentenced Ramiro Achury to 30 years in prison on 9 November 1989 for the bombing of the Alameda \
market in Cali. \
Efraín Solano, who was charged with him, was acquitted.

Andes Wire reported that, according to the indictment, Achury confessed that the People's Torch Front had ordered a \
second bombing in Medellín, \
which was abandoned because the explosives were not supplied. He said it had been planned for the end of 1987."""

GARISSA = """Raiders kill more than 100 in Garissa

Gunmen attacked herders' camps across Garissa County in April 2015 and killed more than 100 people, the Nairobi Lantern \
quoted county official \
Hassan Worku as saying. Worku blamed the Dust Column, an armed band. A witness, Amina Dirir, said that the attackers \
came on motorcycles \
and carried rifles.

A spokesman for the Dust Column denied that the band was involved."""

BORNO = """Dozens of pupils taken in Borno

Armed men abducted dozens of pupils from a school in Borno State early in 2018, Radio Savanna reported. Parents told \
the radio that 64 children \
were missing. The Dust Column of the North claimed the kidnapping in a video."""

BILBAO = """Police stop car bomb in Bilbao

Spanish police foiled a car bombing in Bilbao on 7 February 2004 when they arrested Iker Zubia outside the San Mamés stadium. \
Interior ministry officials said that 80 kilograms of explosives were seized. Zubia, who is suspected of belonging to \
the Northern Tide, \
was charged two days later with preparing an attack."""

BELFAST = """Shot at councillor misses

A gunman fired at councillor Edwin Marsh outside his home in Belfast in March 1979 and missed, the Harbour Gazette has \
learned. \
Nobody was hurt. Police suspect the Red Quay Brigade."""

ANKARA = """Plot described in court

A defendant told a court that a cell of the Grey Crescent had planned an attack somewhere in Turkey in 2017, Channel \
Bosphorus reported, \
citing the court file. The defendant, Selim Aktuna, is accused of financing the cell. He said that he had never met the \
others."""

THREAT = """Group threatens election offices

In a leaflet, the Northern Tide threatened to attack election offices. The leaflet bears no date and names no place."""

ASSAM = """Rail depot burned in Assam

A rail depot was set on fire in Assam in the first week of August 1998. About 40 wagons were destroyed; no one was \
hurt, the railway said. \
Nobody has claimed the fire."""

AYACUCHO = """Clash in the highlands

Between six and nine soldiers died in a clash with rebels in Ayacucho, an army officer who asked not to be named said. \
He would not say when."""

AMBON = """Preacher acquitted

A court in Ambon acquitted preacher Yusuf Latumahina of inciting the burning of a ferry in June 2021. Prosecutors said \
they would appeal."""

MOSUL = """The long siege of the radio house

Militants of the Grey Crescent held 14 staff of a radio station hostage in Mosul between 10 June and 3 August 2014, \
the station said. Two of the hostages were killed, according to the station's director, Nadia Harbi; the militants \
spoke of one."""

FERRY = """Ferry burned at Ambon pier

A ferry was burned at the pier of Ambon on 12 September 2020. No group has claimed the arson. The port authority said \
that nearly 60 passengers had left \
the ship an hour before."""

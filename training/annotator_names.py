"""Names of people and groups from many languages, written for the augmentation of training sentences."""

# ruff: noqa: SIM905 (word lists read better as lines of words)
from __future__ import annotations

GIVEN_NAMES = tuple(
    """
Ahmet Mehmet Mustafa Ayşe Fatma Hakan Gülten Selahattin Sırrı Özgür Emine Zeynep İbrahim Çağlar
Mohammed Muhammad Ahmad Abdullah Hussein Hassan Ali Omar Khaled Mahmoud Yusuf Ibrahim Ismail Bashar Saddam
Nouri Haider Muqtada Ayman Osama Abu Umm Fatima Aisha Layla Zainab Noor Tariq Faisal Jamal Nasser Hamid Rashid Salim
Masoud Ashraf Hamed Gulbuddin Sirajuddin Mullah Habib Zabihullah Imran Nawaz Benazir Asif Pervez Shahid Naeem Saira
Narendra Rajesh Suresh Priya Anita Sunita Arjun Vikram Lakshmi Velupillai Mahinda Chandrika Sarath Aung Thein Min
Nguyen Tran Joko Prabowo Megawati Rodrigo Corazon Jejomar Nur Isnilon Somchai Thaksin Yingluck Hun Sihanouk
José Juan Carlos Luis Jorge Alfredo Roberto Álvaro María Ana Rosa Guadalupe Óscar Ramón Napoleón Julio César Ernesto
Pedro Fernando Hugo Nicolás Evo Rafael Michelle Dilma Luiz João Marielle Inácio Anastasio Efraín Rigoberta Violeta
Pablo Gonzalo Abimael Iván Rodolfo Mireya Beatriz Ximena Íñigo Begoña Arnaldo Iñaki Gorka
Muhammadu Goodluck Olusegun Chukwuemeka Ngozi Abubakar Aminu Chinua Kwame Kofi Nana Paul Yoweri Uhuru Raila Wangari
Mwai Jomo Samuel Joseph Laurent Patrice Denis Moïse Aminata Ousmane Moussa Ibrahima Idriss Hissène Félix Salva Riek
Mohamud Hassan Sharif Abiy Meles Isaias Haile Tewodros Thabo Cyril Robert Morgan Agathon Juvénal Filipe Afonso
Vladimir Aleksandr Sergei Dmitri Ramzan Aslan Shamil Olga Natalia Volodymyr Oleksandr Yulia Viktor Mikheil Ilham Nikol
Slobodan Ratko Radovan Alija Hashim Zoran Biljana Ivica Edi Andrzej Lech Miloš Václav Gábor Nicolae Traian Alexis
Jean François Marie Étienne Anders Björn Søren Ingrid Jürgen Günter Angela Heinrich Giuseppe Aldo Giulia Matteo Gerry
Martin Bobby Siobhán Seán Padraig John James Michael David Sarah Emily Robert William Mary Linda Karen George Kevin
Chen Wei Xi Li Jinping Zhang Hu Wen Kim Park Jae Min Shinzo Yukio Haruka Kenji Sakura Ilham Rebiya Dolkun
Yitzhak Ariel Benjamin Ehud Golda Moshe Yasser Mahmoud Ismail Marwan Hanan Saeb Leila Rafik Saad Hassan Walid Samir
""".split()
)

FAMILY_NAMES = tuple(
    """
Kaya Demir Şahin Çelik Öztürk Aydın Erdoğan Demirtaş Yüksekdağ Öcalan Türk Ağar Gülen
Karimov Nazarbayev Rahmon Kadyrov Basayev Maskhadov Dudayev Putin Medvedev Navalny Zelensky Tymoshenko
Hussein Saddam Maliki Sadr Barzani Talabani Assad Hariri Nasrallah Aoun Jumblatt Gemayel Arafat Abbas Haniyeh Meshaal
Rantisi Yassin Baghdadi Zarqawi Zawahiri Awlaki Houthi Saleh Hadi Mansour Haqqani Hekmatyar Massoud Karzai Ghani
Mehsud Akhundzada Bhutto Sharif Musharraf Zardari Khan Ahmed Rahman Hasina Gandhi Singh Modi Advani Thackeray Reddy
Prabhakaran Rajapaksa Kumaratunga Fonseka Suu Kyi Hlaing Nguyen Tran Widodo Subianto Duterte Aquino Marcos Misuari
Hapilon Santoso Bashir Samudra Shinawatra Hun Sen Norodom Wiranto Ramos Gusmão Horta
García Rodríguez Hernández Martínez González López Pérez Sánchez Ramírez Cristiani Duarte Romero Ellacuría D'Aubuisson
Ortega Chamorro Somoza Noriega Endara Fujimori Guzmán Escobar Gaviria Uribe Santos Petro Timochenko Betancur Barco
Galán Pizarro Maduro Chávez Morales Lula Bolsonaro Rousseff Pinochet Allende Kirchner Menem Videla Montt Cerezo
Menchú Arzú Lobo Zelaya Aristide Moïse Duvalier Etxeberria Otegi Zapatero Aznar
Buhari Jonathan Obasanjo Shekau Okonkwo Adeyemi Okafor Balogun Achebe Mensah Nkrumah Annan Kenyatta Odinga Ruto Moi
Museveni Kony Besigye Kagame Habyarimana Kabila Lumumba Mobutu Tshisekedi Bemba Kiir Machar Bashir Turabi Garang
Burhan Hemedti Afwerki Zenawi Ahmed Mohamud Godane Aidid Déby Habré Compaoré Sankara Traoré Keïta Diallo Sissoko
Ndiaye Konaté Ouattara Gbagbo Mugabe Tsvangirai Mandela Zuma Ramaphosa Machel Dhlakama Savimbi
Milošević Mladić Karadžić Izetbegović Thaçi Đinđić Tuđman Kovačević Petrović Novák Kowalski Wałęsa Orbán Ceaușescu
Papandreou Tsipras Dupont Lefèvre Merah Kouachi Coulibaly Abdeslam Breivik Lindqvist Sørensen Müller Schäfer Weber
Baader Meinhof Moro Curcio Rossi Ferrari Adams McGuinness Paisley O'Neill Murphy Smith Johnson Williams Brown Jones
Miller Davis Wilson Anderson Taylor Moore Clark Lewis Walker Young King Wright Scott Green Baker Nelson Carter
Wang Li Zhang Chen Liu Yang Huang Zhao Kim Park Lee Choi Tanaka Suzuki Asahara Kadeer Tohti Dalai
Rabin Sharon Netanyahu Peres Barak Goldstein Levi Cohen Mizrahi Barghouti Ashrawi Erekat Khalil Nasser Farouk Mubarak
Morsi Sisi Gaddafi Haftar Belhadj Bouteflika Belmokhtar Droukdel Hassan Mohammed Ali Omar Osman Hamza
""".split()
)

GROUPS = tuple(
    """
PKK YPG PYD TAK ISIL ISIS IS AQAP AQIM JNIM ISWAP PLO PFLP DFLP Hamas Hezbollah Fatah Taliban TTP LeT JeM LTTE ULFA
FARC ELN AUC EPL M-19 FMLN FPL ERP URNG ARENA UNO CGT COPREFA MRTA EGP CNI ETA GRAPO IRA INLA UVF UDA UDR RUC RAF BR GIA
GSPC MILF MNLF NPA ASG JI KNU UWSA ALP SPLM LRA ADF M23 RPF UNITA RENAMO ZANU ANC MEND OPM CHP AKP HDP MHP MİT DW BBC
AFP AP CNN NATO UN EU AU OAS ECOWAS MINUSMA UNAMID ISAF KFOR SFOR FBI CIA MI5 FSB GRU ISI RAW
""".split()
)

# Names of groups as treebank words, by the relation of their other words to the head: "flat" hangs them on the first
# word, "compound" and "amod" on the last.
LONG_GROUPS = {
    "flat": tuple(
        line.split()
        for line in """
al - Shabaab|Al - Shabaab|al - Qaeda|Al Qaeda|al - Nusra|Jabhat al - Nusra|Boko Haram|Abu Sayyaf|Ansar al - Sharia|Ansar Dine
Ansar Beit al - Maqdis|Jemaah Islamiyah|Lashkar - e - Taiba|Jaish - e - Mohammed|Lashkar - e - Jhangvi|Hizbul Mujahideen
Harakat al - Nujaba|Kataib Hezbollah|Asaib Ahl al - Haq|Hayat Tahrir al - Sham|Ahrar al - Sham|Jund al - Sham|Liwa al - Tawhid
Izz ad - Din al - Qassam|Sendero Luminoso|Tupac Amaru|Farabundo Marti|Alfaro Vive|Terra Lliure|Herri Batasuna|Sinn Fein
Devrimci Sol|Hizb ut - Tahrir|Jamaat - ul - Ahrar|Tehrik - i - Taliban|Interahamwe|Imbonerakure|Mai - Mai|Anti - Balaka
Séléka|Janjaweed|Katiba Macina|Ansaru|Aum Shinrikyo|Fatah al - Islam|Hezb - e - Islami|Mungiki|Loyada|Zetas|Allied Front
""".replace("\n", "|")
        .strip("|")
        .split("|")
    ),
    "compound": tuple(
        line.split()
        for line in """
Tamil Tigers|Islam Army|Bodo Front|Karen Army|Oromo Front|Ogaden Front|Moro Front|Polisario Front|Naga Council|Maoist Army
Khmer Rouge|Mahdi Army|Kurdistan Freedom Falcons|Sinai Province|Jordan Brigade|Sinaloa Cartel|Medellin Cartel|Ulster Force
Jihad Brigade|Resistance Army|Liberation Army|Liberation Front|People Army|Quds Force|Badr Brigade|Azov Battalion|Wagner Group
Al - Aqsa Brigades|Haqqani Network|Baloch Army|Freedom Party|Atlacatl Battalion|Arce Battalion|Police Directorate
""".replace("\n", "|")
        .strip("|")
        .split("|")
    ),
    "amod": tuple(
        line.split()
        for line in """
Islamic State|Islamic Jihad|Islamic Courts|Islamic Front|Shining Path|Red Brigades|Red Army|Grey Wolves|Republican Army
Revolutionary Guards|Revolutionary Front|Revolutionary Army|Democratic Front|Democratic Forces|Patriotic Front|Popular Front
National Guard|National Police|National Front|National Army|Popular Army|Muslim Brotherhood|Armed Forces|Free Army|White Hand
Golden Dawn|Orange Order|Simba Rebels|Supreme Council|United Front|Extraditable Ones|New Army|Eastern Front|Holy Army
""".replace("\n", "|")
        .strip("|")
        .split("|")
    ),
}

ARTICLES = frozenset("al el de la del von van bin ibn ben da dos di mr mrs ms dr jr sr gen col president".split())

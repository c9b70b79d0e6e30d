//! Manifest and catalogues, resolved: what the bundles of a workspace share.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::codes::{DUPLICATE_NAMES, MISSING_WORKSPACES, UNKNOWN_SETTINGS};
use super::identifier::{Identified, Identifiers};
use super::references::{self, Occurrence};
use super::{AgencyId, Calendar, ElementId, MaterialId, Parents};
use crate::diagnostic::Sink;
use crate::expr::Conversions;
use crate::model::{self, File, Str, Table, Text, Thing};
use crate::source::{At, Date, SourceId, Sources, Span};

/// What the bundles of a workspace share.
#[derive(Debug)]
pub struct Workspace {
    /// All texts.
    pub sources: Sources,
    /// Those that bundles extend.
    pub(super) parents: Parents,
    /// The folder of the manifest, with a trailing `/` unless it is the one where the command was given.
    pub root: String,
    /// The manifest as written.
    pub manifest: model::Manifest,
    /// What the manifest sets.
    pub settings: Settings,
    /// Agencies, by id.
    pub agencies: Vec<Agency>,
    /// Documents, by id.
    pub materials: Vec<Material>,
    /// Data elements, by id.
    pub elements: Vec<Element>,
    /// What can be obtained without the applicant.
    pub capabilities: Vec<Capability>,
    /// Every name in the catalogues, in their order.
    pub references: Vec<Occurrence>,
    by_document: FxHashMap<MaterialId, Vec<usize>>,
    agency_names: Names,
    material_names: Names,
    element_names: Names,
    /// Whether some part of the shared files could not be read: a name that seems undefined may have stood there.
    pub damaged: bool,
}

/// What the manifest sets.
#[derive(Debug, Clone)]
pub struct Settings {
    /// How steps are counted.
    pub steps: model::StepConvention,
    /// How visits are counted.
    pub visits: model::VisitConvention,
    /// Between units of time.
    pub conversions: Conversions,
    /// Which days are worked.
    pub calendar: Calendar,
    /// The day that conditions call 今天; `None` if the manifest does not say.
    pub today: Option<Date>,
    /// Where results are published: percent-encoded, without a slash at its end.
    pub address: Option<String>,
}

/// An agency.
#[derive(Debug)]
pub struct Agency {
    /// Its name.
    pub name: Text,
    /// Its identifier.
    pub id: Str,
    /// As written.
    pub written: Arc<model::Agency>,
}

impl Agency {
    /// Whether it is no government body.
    pub fn is_outside(&self) -> bool {
        self.written.outside.is_some_and(|at| at.value.0)
    }
}

/// A document.
#[derive(Debug)]
pub struct Material {
    /// Its canonical name.
    pub name: Text,
    /// Its identifier.
    pub id: Str,
    /// The government body that issues it, if one does.
    pub issuer: Option<At<AgencyId>>,
    /// As written.
    pub written: Arc<model::Material>,
}

/// A data element.
#[derive(Debug)]
pub struct Element {
    /// Its name.
    pub name: Text,
    /// Its identifier.
    pub id: Str,
    /// The document that it can be read from.
    pub document: Option<MaterialId>,
    /// As written.
    pub written: Arc<model::Element>,
}

/// What can be obtained without the applicant.
#[derive(Debug)]
pub struct Capability {
    /// Which document.
    pub document: MaterialId,
    /// How.
    pub way: model::ExemptionWay,
    /// As written.
    pub written: model::Capability,
}

/// Names and aliases, each for one id.
#[derive(Debug, Default)]
struct Names {
    ids: FxHashMap<Str, (u32, Span)>,
}

impl Names {
    /// Notes a name or alias of `id`; one that is taken is reported.
    fn add(&mut self, name: &Text, id: usize, what: &str, canonical: &dyn Fn(u32) -> Str, sink: &mut Sink) {
        let id = id as u32;
        match self.ids.get(&name.value) {
            Some(&(other, span)) => {
                let message = if other == id {
                    format!("{what}“{name}”写了两次")
                } else {
                    format!("“{name}”已经是{what}“{}”的名称或别名", canonical(other))
                };
                sink.push(
                    DUPLICATE_NAMES
                        .at(name.span, message)
                        .related(span, "先写在这里")
                        .help("一个名称只能指一样东西：删去其中一处，或者改用不同的名称"),
                );
            }
            None => {
                self.ids.insert(name.value.clone(), (id, name.span));
            }
        }
    }

    fn find(&self, name: &str) -> Option<u32> {
        self.ids.get(name).map(|(id, _)| *id)
    }
}

impl Workspace {
    /// Reads manifest and catalogues. `shared` are what their texts say; other kinds of file among them are left alone.
    pub fn open(
        sources: Sources,
        shared: impl IntoIterator<Item = (SourceId, File)>,
        damaged: bool,
        sink: &mut Sink,
    ) -> Self {
        let mut manifest: Option<(SourceId, model::Manifest)> = None;
        let mut agencies = Vec::new();
        let mut materials = Vec::new();
        let mut elements = Vec::new();
        let mut capabilities = Vec::new();
        for (id, file) in shared {
            match file {
                File::Manifest(file) => manifest = Some((id, file)),
                File::Agencies(file) => agencies.push(file.agencies),
                File::Materials(file) => materials.push(file.materials),
                File::Elements(file) => elements.push(file.elements),
                File::Capabilities(file) => capabilities.extend(file.capabilities.iter().cloned()),
                File::Bundle(_) => {}
            }
        }
        if manifest.is_none()
            && !damaged
            && let Some((id, _)) = sources.iter().next()
        {
            sink.push(
                MISSING_WORKSPACES
                    .at(Span::new(id, 0..0), format!("没有工作区清单 {}", model::MANIFEST_NAME))
                    .help("在工作区文件夹里放一个清单文件；“yijianshi new”可以生成一个"),
            );
        }
        let (root, manifest) = manifest.map_or_else(Default::default, |(id, manifest)| {
            let name = sources.get(id).name();
            (name[..name.len() - model::MANIFEST_NAME.len().min(name.len())].to_owned(), manifest)
        });
        let settings = Settings::read(&manifest, sources.today, sink);
        let mut workspace = Workspace {
            parents: Parents::of(&sources, &root),
            sources,
            root,
            manifest,
            settings,
            agencies: Vec::new(),
            materials: Vec::new(),
            elements: Vec::new(),
            capabilities: Vec::new(),
            references: Vec::new(),
            by_document: FxHashMap::default(),
            agency_names: Names::default(),
            material_names: Names::default(),
            element_names: Names::default(),
            damaged,
        };
        workspace.add_agencies(agencies, sink);
        workspace.add_materials(materials, sink);
        workspace.add_elements(elements, sink);
        workspace.references = references::of_workspace(&workspace, &capabilities, sink);
        workspace.add_capabilities(capabilities);
        workspace
    }

    fn add_agencies(&mut self, tables: Vec<Table<model::Name<model::Agency>, model::Agency>>, sink: &mut Sink) {
        let mut ids = Identifiers::of_named();
        for entry in tables.into_iter().flat_map(|table| table.entries) {
            let id = ids.of(&Identified::named("机构", &entry.name, entry.value.id.as_deref()), sink);
            self.agencies.push(Agency { name: entry.name.text().clone(), id, written: entry.value });
        }
        let list = &self.agencies;
        let canonical = |id: u32| list[id as usize].name.value.clone();
        for (id, agency) in list.iter().enumerate() {
            self.agency_names.add(&agency.name, id, "机构", &canonical, sink);
        }
        for (id, agency) in list.iter().enumerate() {
            for alias in agency.written.aliases.iter().chain(&agency.written.full_name) {
                self.agency_names.add(alias, id, "机构", &canonical, sink);
            }
        }
    }

    fn add_materials(&mut self, tables: Vec<Table<model::Name<model::Material>, model::Material>>, sink: &mut Sink) {
        let mut ids = Identifiers::of_named();
        for entry in tables.into_iter().flat_map(|table| table.entries) {
            let issuer = entry.value.issuer.as_ref();
            let issuer = issuer.and_then(|name| Some(At::new(self.find_agency(&name.value)?, name.span)));
            let id = ids.of(&Identified::named("材料", &entry.name, entry.value.id.as_deref()), sink);
            self.materials.push(Material { name: entry.name.text().clone(), id, issuer, written: entry.value });
        }
        let list = &self.materials;
        let canonical = |id: u32| list[id as usize].name.value.clone();
        for (id, material) in list.iter().enumerate() {
            self.material_names.add(&material.name, id, "材料", &canonical, sink);
        }
        for (id, material) in list.iter().enumerate() {
            for alias in material.written.aliases.iter() {
                self.material_names.add(alias, id, "材料", &canonical, sink);
            }
        }
    }

    fn add_elements(&mut self, tables: Vec<Table<model::Name<model::Element>, model::Element>>, sink: &mut Sink) {
        let mut ids = Identifiers::of_named();
        for entry in tables.into_iter().flat_map(|table| table.entries) {
            let document = entry.value.document.as_ref().and_then(|name| self.find_document(&name.value));
            let id = ids.of(&Identified::named("数据项", &entry.name, entry.value.id.as_deref()), sink);
            self.elements.push(Element { name: entry.name.text().clone(), id, document, written: entry.value });
        }
        let list = &self.elements;
        let canonical = |id: u32| list[id as usize].name.value.clone();
        for (id, element) in list.iter().enumerate() {
            self.element_names.add(&element.name, id, "数据项", &canonical, sink);
        }
        for (id, element) in list.iter().enumerate() {
            for alias in element.written.aliases.iter() {
                self.element_names.add(alias, id, "数据项", &canonical, sink);
            }
        }
    }

    fn add_capabilities(&mut self, list: Vec<model::Capability>) {
        for written in list {
            let document = written.material.as_ref().and_then(|name| self.find_document(&name.value));
            if let (Some(document), Some(way)) = (document, &written.way) {
                self.by_document.entry(document).or_default().push(self.capabilities.len());
                self.capabilities.push(Capability { document, way: way.value, written });
            }
        }
    }

    /// The document called `name`, or with this alias.
    pub fn find_document(&self, name: &str) -> Option<MaterialId> {
        self.material_names.find(name).map(MaterialId)
    }

    /// The agency called `name`, or with this alias.
    pub fn find_agency(&self, name: &str) -> Option<AgencyId> {
        self.agency_names.find(name).map(AgencyId)
    }

    /// The data element called `name`, or with this alias.
    pub fn find_element(&self, name: &str) -> Option<ElementId> {
        self.element_names.find(name).map(ElementId)
    }

    /// The agency that was called `name` before.
    pub fn renamed_agency(&self, name: &str) -> Option<&Agency> {
        self.agencies.iter().find(|agency| agency.written.former.iter().any(|former| &*former.value == name))
    }

    /// What the catalogue calls the thing of this name or alias, if it has it.
    pub fn canonical(&self, thing: Thing, name: &str) -> Option<&str> {
        let name = match thing {
            Thing::Agency => &self.agency_of(self.find_agency(name)?).name,
            Thing::Document => &self.material(self.find_document(name)?).name,
            Thing::Element => &self.element(self.find_element(name)?).name,
            _ => return None,
        };
        Some(&name.value)
    }

    /// The agency with this id.
    pub fn agency_of(&self, id: AgencyId) -> &Agency {
        &self.agencies[id.index()]
    }

    /// The document with this id.
    pub fn material(&self, id: MaterialId) -> &Material {
        &self.materials[id.index()]
    }

    /// The data element with this id.
    pub fn element(&self, id: ElementId) -> &Element {
        &self.elements[id.index()]
    }

    /// How the workspace can obtain a document without the applicant; the best way where there are several.
    pub fn capability(&self, document: MaterialId) -> Option<(usize, &Capability)> {
        let list = self.by_document.get(&document)?;
        list.iter().map(|&index| (index, &self.capabilities[index])).min_by_key(|(_, capability)| capability.way)
    }
}

impl Settings {
    fn read(manifest: &model::Manifest, today: Option<Date>, sink: &mut Sink) -> Self {
        let mut conversions = Conversions::default();
        for equation in manifest.conversions.iter() {
            if let Err(error) = conversions.declare(&equation.value) {
                let mut diagnostic = UNKNOWN_SETTINGS.at(equation.span, error.error.message.clone());
                if let Some(help) = error.error.help {
                    diagnostic = diagnostic.help(help);
                }
                sink.push(diagnostic);
            }
        }
        let mut calendar = Calendar::default();
        for day in manifest.calendar.iter() {
            let date = Date::parse(&day.name.value);
            if date.is_none() {
                sink.push(
                    UNKNOWN_SETTINGS
                        .at(day.name.span, format!("“{}”不是日期，或者没有这一天", day.name.value))
                        .help("写成“年-月-日”，例如 2026-04-19"),
                );
            }
            let Some(kind) = &day.value.kind else { continue };
            let worked = match &*kind.value {
                "上班" => true,
                "放假" => false,
                _ => {
                    sink.push(UNKNOWN_SETTINGS.at(kind.span, "日历里只能写“放假”或“上班”").help("二者选一"));
                    continue;
                }
            };
            let occasion = day.value.name.as_ref().map(|name| name.value.to_string());
            if let Some(date) = date {
                calendar.arrange(date, worked, occasion);
            }
        }
        let address = manifest.base_url.as_ref().and_then(|url| match super::address::base(&url.value) {
            Ok(address) => Some(address),
            Err(fault) => {
                let help =
                    "写成 https://zwfw.example.gov.cn/yijianshi 这样，成果文件夹放在那里；还没有地方发布的，不写";
                sink.push(UNKNOWN_SETTINGS.at(url.span, fault).help(help));
                None
            }
        });
        let counting = manifest.counting.as_ref();
        Settings {
            steps: counting.and_then(|c| c.steps.as_ref()).map_or(model::StepConvention::ByItem, |at| at.value),
            visits: counting.and_then(|c| c.visits.as_ref()).map_or(model::VisitConvention::ByItem, |at| at.value),
            conversions,
            calendar,
            today: manifest.today.as_ref().map(|at| at.value.0).or(today),
            address,
        }
    }
}
